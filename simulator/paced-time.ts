import type { Cancel, Time } from './time.ts';
import { LONGEST_BLOCK_MS } from './time.ts';

interface Task {
  readonly at: number;
  readonly run: () => void;
}

/**
 * Real time that may be made to run faster, for one board: minutes of a loader's patience pass while a class watches.
 * All that this board does by the clock goes faster with it, its strokes as well.
 */
export class PacedTime implements Time {
  readonly epoch = Date.now();
  readonly virtual = false;
  /** Sorted by `at`; equal times stay in the order in which they came. */
  private readonly tasks: Task[] = [];
  private pace = 1;
  /** Where this clock was when its pace changed last, and what the real one showed then. */
  private base = 0;
  private since = performance.now();
  private timer: NodeJS.Timeout | undefined;

  /** How many times faster than real time it runs. */
  get speed(): number {
    return this.pace;
  }

  set speed(times: number) {
    this.base = this.now();
    this.since = performance.now();
    this.pace = times;
    this.arm();
  }

  now(): number {
    return this.base + (performance.now() - this.since) * this.pace;
  }

  after(ms: number, run: () => void): Cancel {
    const task: Task = { at: this.now() + Math.max(0, ms), run };
    const before = this.tasks.findLastIndex(({ at }) => at <= task.at);
    this.tasks.splice(before + 1, 0, task);
    if (this.tasks[0] === task) this.arm();
    return () => this.cancel(task);
  }

  block(ms: number): void {
    const real = Math.min(ms / this.pace, LONGEST_BLOCK_MS);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, real);
  }

  touch(): void {
    // Node's event loop comes back by itself.
  }

  private cancel(task: Task): void {
    const index = this.tasks.indexOf(task);
    if (index < 0) return;
    this.tasks.splice(index, 1);
    if (index === 0) this.arm();
  }

  private arm(): void {
    clearTimeout(this.timer);
    const [head] = this.tasks;
    this.timer = head && setTimeout(() => this.runDue(), Math.max(0, (head.at - this.now()) / this.pace));
  }

  /** Runs what is due now. What it adds waits for the next turn, so that everybody else gets theirs. */
  private runDue(): void {
    const now = this.now();
    const count = this.tasks.findIndex(({ at }) => at > now);
    const due = this.tasks.slice(0, count < 0 ? this.tasks.length : count);
    try {
      for (const task of due) {
        const index = this.tasks.indexOf(task);
        if (index < 0) continue;
        this.tasks.splice(index, 1);
        task.run();
      }
    } finally {
      this.arm();
    }
  }
}
