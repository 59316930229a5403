import assert from 'node:assert/strict';
import type { Clock } from '../../firmware/core/contracts.ts';

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly callback: () => void;
}

/** Time that passes only when a test says so. Timers fire in the order in which they are due. */
export class FakeClock implements Clock {
  /** Milliseconds since the start. */
  now = 0;
  /** Makes no more timers, as an interpreter that is out of memory. */
  losing = false;

  private timers: Timer[] = [];
  private lastId = 0;

  /** How many timers are waiting. */
  get pending(): number {
    return this.timers.length;
  }

  after(callback: () => void, ms: number): number {
    assert.ok(Number.isInteger(ms) && ms >= 0, `a timer of ${ms} ms`);
    const timer = { id: ++this.lastId, due: this.now + ms, callback };
    if (this.losing) return 0;
    this.timers.push(timer);
    return timer.id;
  }

  cancel(id: number): void {
    assert.ok(id > 0 && id <= this.lastId, `there was never a timer ${id}`);
    this.timers = this.timers.filter((timer) => timer.id !== id);
  }

  /** Lets time pass. */
  advance(ms: number): void {
    const end = this.now + ms;
    for (let next = this.next(end); next; next = this.next(end)) {
      this.now = next.due;
      this.timers.splice(this.timers.indexOf(next), 1);
      next.callback();
    }
    this.now = end;
  }

  private next(end: number): Timer | undefined {
    return this.timers.filter((timer) => timer.due <= end).sort((a, b) => a.due - b.due || a.id - b.id)[0];
  }
}
