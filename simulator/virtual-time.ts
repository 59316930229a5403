import type { Cancel, Time } from './time.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** Turns of Node's event loop without news after which everything in memory counts as delivered. */
const QUIET_TURNS = 8;

/**
 * Time that passes only when a test says so.
 *
 * Tasks run in the order of their time, then of their making. Between two tasks Node's own event loop
 * gets its turns until nothing more comes over a network in memory, so that brokers and streams answer.
 */
export class VirtualTime implements Time {
  readonly virtual = true;
  readonly epoch = 1_790_000_000_000;
  private clock = 0;
  /** Sorted by `at`; equal times stay in the order in which they came. */
  private readonly tasks: Task[] = [];
  private news = true;

  now(): number {
    return this.clock;
  }

  after(ms: number, run: () => void): Cancel {
    const task: Task = { at: this.clock + Math.max(0, ms), run, cancelled: false };
    this.tasks.splice(this.placeOf(task.at), 0, task);
    return () => { task.cancelled = true; };
  }

  block(ms: number): void {
    this.clock += Math.max(0, ms);
  }

  touch(): void {
    this.news = true;
  }

  /** Lets `ms` pass. Resolves when all that was due has run and everything has been answered. */
  async advance(ms: number): Promise<void> {
    const end = this.clock + ms;
    await this.settle();
    for (let task = this.next(end); task; task = this.next(end)) {
      this.clock = Math.max(this.clock, task.at);
      task.run();
      await this.settle();
    }
    this.clock = Math.max(this.clock, end);
  }

  /** Lets time pass until `done()` is true; throws after `limitMs`. */
  async until(done: () => boolean, limitMs = 60_000): Promise<void> {
    const end = this.clock + limitMs;
    await this.settle();
    while (!done()) {
      const task = this.next(end);
      if (!task) throw new Error(`still waiting after ${limitMs} ms of board time`);
      this.clock = Math.max(this.clock, task.at);
      task.run();
      await this.settle();
    }
  }

  /** When the next task is due, ms, or undefined when nothing is. */
  get nextAt(): number | undefined {
    return this.tasks.find((task) => !task.cancelled)?.at;
  }

  private next(end: number): Task | undefined {
    while (this.tasks[0]?.cancelled) this.tasks.shift();
    const first = this.tasks[0];
    return first && first.at <= end ? this.tasks.shift() : undefined;
  }

  private placeOf(at: number): number {
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.tasks[middle] as Task).at <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private async settle(): Promise<void> {
    let quiet = this.news ? 0 : QUIET_TURNS - 1;
    while (quiet < QUIET_TURNS) {
      this.news = false;
      await new Promise((resolve) => { setImmediate(resolve); });
      quiet = this.news ? 0 : quiet + 1;
    }
  }
}
