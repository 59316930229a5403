/** What is needed to send chunks directly. */
export interface Carrier {
  /** How many chunks an image has. */
  count(image: string): number;
  send(image: string, n: number): void;
  /** Calls back once, later; gives what ends that. */
  after(ms: number, callback: () => void): () => void;
  /** A clock, ms. */
  now(): number;
}

/** Time between two chunks that are sent without being asked for, ms, and how slow that may become. */
const PACE = 1000;
const SLOWEST = 4000;
/** A chunk goes to all who listen: one that was sent so lately is not sent again, ms. */
const LATELY = 300;
/** Least time between any two messages, ms, so that a fleet that asks at once does not flood the broker. */
const GAP = 5;

/** Where one device is. */
interface Stream {
  image: string;
  next: number;
  pace: number;
  asked: number;
  cancel: () => void;
}

/**
 * Sends chunks to devices that their broker gives none to. The first request of a device is answered and no more: a
 * message was lost. With the second, about another chunk, it is taken that the broker keeps nothing, and those that
 * follow are sent unasked, at a pace that slows down when the device has to ask again.
 */
export class Direct {
  private readonly streams = new Map<string, Stream>();
  private readonly sent = new Map<string, number>();
  private free = 0;

  constructor(private readonly carrier: Carrier) {}

  /** A device has asked for a chunk. */
  want(id: string, image: string, n: number): void {
    if (!Number.isInteger(n) || n < 0 || n >= this.carrier.count(image)) return;
    const before = this.streams.get(id);
    before?.cancel();
    const isSame = before?.image === image;
    const stream: Stream = { image, next: n, pace: PACE, asked: n, cancel: () => undefined };
    this.streams.set(id, stream);
    this.send(image, n);
    if (!isSame || before.asked === n) return;
    stream.pace = before.next === before.asked ? PACE : Math.min(before.pace * 2, SLOWEST);
    this.follow(stream);
  }

  /** A device needs nothing more. */
  end(id: string): void {
    this.streams.get(id)?.cancel();
    this.streams.delete(id);
  }

  stop(): void {
    for (const id of [...this.streams.keys()]) this.end(id);
  }

  private follow(stream: Stream): void {
    stream.cancel = this.carrier.after(stream.pace, () => {
      // The first chunk is the last that a device takes: with it the image counts.
      const next = (stream.next + 1) % this.carrier.count(stream.image);
      if (stream.next === 0) return;
      stream.next = next;
      this.send(stream.image, next);
      this.follow(stream);
    });
  }

  private send(image: string, n: number): void {
    const { carrier, sent } = this;
    const now = carrier.now();
    const key = `${image}/${n}`;
    if (now - (sent.get(key) ?? -Infinity) < LATELY) return;
    sent.set(key, now);
    this.free = Math.max(now, this.free + GAP);
    if (this.free === now) carrier.send(image, n);
    else carrier.after(this.free - now, () => carrier.send(image, n));
  }
}
