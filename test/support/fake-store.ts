import assert from 'node:assert/strict';
import type { Store } from '../../firmware/core/contracts.ts';
import { UNIT } from '../../firmware/core/layout.ts';

/** Thrown by the write or erase during which the power goes. */
export class PowerCut extends Error {}

/**
 * NOR flash in memory, with the rules of a chip: a write only clears bits, so it must go to bytes
 * that are erased; offsets and lengths are multiples of 4; units are erased whole.
 */
export class FakeStore implements Store {
  readonly bytes: Buffer;
  /** Writes and erases so far. */
  operations = 0;
  private cut = -1;
  private kept = 0;
  private broken = false;

  constructor(units: number) {
    this.bytes = Buffer.alloc(units * UNIT, 0xff);
  }

  /** Cuts the power during operation `nth` from now (0 is the next), after the share `done` of it, 0 to 1. */
  cutAfter(nth: number, done: number): void {
    this.cut = this.operations + nth;
    this.kept = done;
  }

  /** Power is back; what was written stays. */
  restart(): void {
    this.cut = -1;
  }

  /** From now on writes and erases do nothing, as on flash that is worn out. */
  wearOut(): void {
    this.broken = true;
  }

  read(offset: number, length: number): string {
    assert.ok(offset >= 0 && offset + length <= this.bytes.length, `read of ${length} at ${offset} is outside`);
    return this.bytes.toString('latin1', offset, offset + length);
  }

  erase(unit: number): void {
    const start = unit * UNIT;
    assert.ok(Number.isInteger(unit) && start >= 0 && start < this.bytes.length, `unit ${unit} is outside`);
    this.operate(UNIT, (length) => this.bytes.fill(0xff, start, start + length));
  }

  write(offset: number, bytes: string): void {
    assert.equal(offset % 4, 0, `write at ${offset} is not aligned`);
    assert.ok(bytes.length > 0, 'a write of nothing: what asks for no bytes of a file gets all of them');
    assert.equal(bytes.length % 4, 0, `a write of ${bytes.length} bytes is not aligned`);
    assert.ok(offset + bytes.length <= this.bytes.length, `write at ${offset} is outside`);
    const data = Buffer.from(bytes, 'latin1');
    assert.equal(data.toString('latin1'), bytes, 'a character is not a byte');
    for (let i = 0; i < data.length && !this.broken; i++) {
      assert.equal(this.bytes[offset + i], 0xff, `byte ${offset + i} is written without an erase`);
    }
    this.operate(data.length, (length) => data.copy(this.bytes, offset, 0, length));
  }

  private operate(length: number, work: (length: number) => void): void {
    if (this.operations++ === this.cut) {
      work(Math.floor(length * this.kept));
      throw new PowerCut();
    }
    if (!this.broken) work(length);
  }
}
