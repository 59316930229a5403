import { bytesOf, textOf } from './bytes.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { DialFailure, Link, LinkEvents } from './network.ts';
import { CODE_OF, SOCKET_ERROR, socketErrorText } from './socket-errors.ts';
import type { SocketErrorCode } from './socket-errors.ts';

/** What a socket needs to know of its chip. */
export interface SocketFacts {
  readonly chunk: number;
  /** Whether a reset by the peer is an error (ESP8266) or looks like an orderly end. */
  readonly resetIsError: boolean;
}

/**
 * One TCP connection as Espruino's idle loop handles it: on each turn at most one chunk goes out and one
 * comes in. A peer that is gone without a word is never noticed here.
 */
export class BoardSocket implements LinkEvents {
  readonly handle: Record<string, unknown>;
  link: Link | undefined;
  /** Error with which to end on the next turn. */
  private failure: SocketErrorCode | undefined;
  private standing = false;
  private connected = false;
  private wantsClose = false;
  private closeNow = false;
  private outgoing = '';
  /** Segments as they arrived: one 'data' event never joins two. */
  private readonly incoming: Uint8Array[] = [];
  private peerEnded = false;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly events: Events,
    private readonly facts: SocketFacts,
    private readonly onConnect: unknown,
  ) {
    this.handle = interpreter.object({
      write: (data: unknown) => { this.write(data); return false; },
      end: (data: unknown) => { this.end(data); },
      read: (count?: number) => events.take(this.handle, count ?? 0),
      available: () => events.available(this.handle),
    });
  }

  opened(): void {
    this.standing = true;
    this.interpreter.wake();
  }

  /** It comes from a server: nobody could listen yet when it was announced. */
  accepted(): void {
    this.connected = true;
    this.opened();
  }

  failed(why: DialFailure): void {
    this.fail(CODE_OF[why]);
  }

  received(bytes: Uint8Array): void {
    this.incoming.push(bytes);
    this.interpreter.wake();
  }

  ended(how: 'end' | 'reset'): void {
    this.peerEnded = true;
    if (how === 'reset' && this.facts.resetIsError) this.failure ??= SOCKET_ERROR.reset;
    this.interpreter.wake();
  }

  fail(code: SocketErrorCode): void {
    this.failure = code;
    this.interpreter.wake();
  }

  /** Marks for closing on the next turn: what stays behind when connect() throws. */
  abandon(): void {
    this.closeNow = true;
    this.wantsClose = true;
    this.interpreter.wake();
  }

  /** One turn of the idle loop. True when the socket is over. */
  turn(): boolean {
    if (this.closeNow) return this.finish(undefined);
    if (this.failure !== undefined && !this.incoming.length) return this.finish(this.failure);
    if (!this.standing) return false;
    // A peer that has gone before the first turn: the connection is never announced.
    if (!this.connected && this.peerEnded && !this.incoming.length) return this.finish(undefined);
    this.sendChunk();
    this.announce();
    if (this.incoming.length) this.deliverChunk();
    else if (this.peerEnded) return this.finish(this.outgoing ? SOCKET_ERROR.unsentData : undefined);
    else if (this.wantsClose && !this.outgoing) return this.finish(undefined);
    return false;
  }

  /** Whether another turn would do something. */
  get busy(): boolean {
    return this.closeNow || this.failure !== undefined
      || (this.standing && (this.incoming.length > 0 || this.outgoing !== '' || this.wantsClose || this.peerEnded));
  }

  private announce(): void {
    if (this.connected) return;
    this.connected = true;
    if (this.onConnect !== undefined && this.events.has(this.handle, 'connect')) {
      // A callback and a listener for one event: Espruino mixes up the two and runs neither.
      this.interpreter.host.print('Execution Interrupted during event processing.');
    } else {
      this.interpreter.queue(this.onConnect, this.handle, [this.handle]);
      this.events.emit(this.handle, 'connect', [this.handle]);
    }
    if (!this.outgoing) this.events.emit(this.handle, 'drain', [this.handle]);
  }

  private sendChunk(): void {
    if (!this.outgoing || this.peerEnded) return;
    this.link?.send(bytesOf(this.outgoing.slice(0, this.facts.chunk)));
    this.outgoing = this.outgoing.slice(this.facts.chunk);
    if (!this.outgoing && !this.wantsClose) this.events.emit(this.handle, 'drain', [this.handle]);
  }

  private deliverChunk(): void {
    const segment = this.incoming.shift() as Uint8Array;
    const { chunk } = this.facts;
    if (segment.length > chunk) this.incoming.unshift(segment.subarray(chunk));
    this.events.push(this.handle, textOf(segment.subarray(0, chunk)));
  }

  private finish(code: SocketErrorCode | undefined): true {
    this.link?.end();
    this.link = undefined;
    this.closeNow = this.wantsClose = true;
    if (code !== undefined) {
      this.events.emit(this.handle, 'error', [this.interpreter.object({ code, message: socketErrorText(code) })]);
    }
    this.events.emit(this.handle, 'end', []);
    this.events.emit(this.handle, 'close', [code !== undefined]);
    return true;
  }

  private write(data: unknown): void {
    if (this.closeNow || this.wantsClose) throw this.interpreter.error('This socket is closed');
    this.outgoing += String(data);
    this.interpreter.wake();
  }

  private end(data: unknown): void {
    if (data !== undefined) this.write(data);
    if (!this.outgoing) this.closeNow = true;
    this.wantsClose = true;
    this.interpreter.wake();
  }
}
