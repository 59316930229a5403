import type { Duplex } from 'node:stream';
import type { ImageKind, Pushing } from './messages.ts';

/** What a page asks to be pushed. */
export interface PushOrder {
  /** A device, a group, or all. */
  readonly name: string;
  readonly kind: ImageKind;
  readonly version: string;
}

/** What carries out pushes: the machinery of `bell update`. */
export interface Pusher {
  /** The version of the next image, when these run. */
  nextVersion(running: readonly string[]): string;
  /**
   * Makes the images and rolls them out, by MQTT over what `dial` gives; `tell` is called for each change. Gives what
   * came of it, a sentence a device. What goes wrong is a sentence, too; it never throws.
   */
  push(
    order: PushOrder, dial: () => Duplex, tell: (text: string) => void, signal: AbortSignal,
  ): Promise<NonNullable<Pushing['last']>>;
  /** Removes what it has kept for this run of the workshop. */
  close(): void;
}

/** The pushes of all pages, one at a time: each takes from the broker what the one before has left. */
export class Pushes {
  private now: Pushing['now'];
  private last: Pushing['last'];
  private interrupt = new AbortController();
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly pusher: Pusher,
    private readonly dial: () => Duplex,
    private readonly running: () => readonly string[],
    private readonly changed: () => void,
  ) {}

  state(): Pushing {
    const { now, last } = this;
    return { next: this.pusher.nextVersion(this.running()), ...(now ? { now } : {}), ...(last ? { last } : {}) };
  }

  /** Begins a push, unless one is under way. */
  begin(name: string, kind: ImageKind): void {
    if (this.now) return;
    const { next: version } = this.state();
    this.interrupt = new AbortController();
    const tell = (text: string): void => {
      this.now = { name, kind, version, text };
      this.changed();
    };
    tell(kind === 'good' ? 'building' : 'building, and spoiling what was built');
    this.work = this.pusher.push({ name, kind, version }, this.dial, tell, this.interrupt.signal).then((last) => {
      this.now = undefined;
      this.last = last;
      this.changed();
    });
  }

  /** Follows the push no longer. What was published goes on by itself. */
  leave(): void {
    this.interrupt.abort();
  }

  async close(): Promise<void> {
    this.leave();
    await this.work;
    this.pusher.close();
  }
}
