import type { Link } from '../../firmware/core/contracts.ts';

/** What a link tells its owner. A session fits. */
export interface Listener {
  opened(): void;
  received(chunk: string): void;
  closed(reason: string): void;
}

/**
 * A link in memory between a client and whoever reads `onWrite`.
 *
 * Behaves as an Espruino socket does: writing to a closed one throws, and after `end` or
 * `removeAllListeners` the owner hears nothing more. Splits, holds back, loses and records.
 */
export class PipeLink implements Link {
  /** All that the client has written, lost or not, one string a call. */
  readonly record: string[] = [];
  /** Called with what the client writes, unless it is lost. */
  onWrite: (bytes: string) => void = () => {};
  /** Bytes a chunk in which the client receives; 1 is the hardest. */
  pieces = Infinity;
  /** Loses all that the client writes, as a half-open link does. */
  deaf = false;
  /** Keeps what comes for the client until `release`. */
  holding = false;
  ended = false;

  private held = '';
  private listener: Listener | undefined;

  constructor(listener: Listener) {
    this.listener = listener;
  }

  write(bytes: string): void {
    if (this.ended) throw new Error('This socket is closed');
    this.record.push(bytes);
    if (!this.deaf) this.onWrite(bytes);
  }

  end(): void {
    this.ended = true;
    this.listener = undefined;
  }

  removeAllListeners(): void {
    this.listener = undefined;
  }

  /** The connection is made. */
  open(): void {
    this.listener?.opened();
  }

  /** Hands bytes to the client, in pieces. */
  deliver(bytes: string): void {
    this.held += bytes;
    if (!this.holding) this.release();
  }

  /** Hands over what was held back. */
  release(): void {
    this.holding = false;
    const bytes = this.held;
    this.held = '';
    const size = Math.min(this.pieces, bytes.length);
    for (let at = 0; at < bytes.length; at += size) this.listener?.received(bytes.slice(at, at + size));
  }

  /** The network takes the connection away. */
  lose(reason = 'connection lost'): void {
    this.ended = true;
    this.listener?.closed(reason);
  }
}
