/** Dark for so long ends a code, and dark for so much longer is more than the pause between two codes; device's ms. */
const PAUSE = 1000;
const SILENCE = 10_000;

/** Counts the blinks of an LED (docs/led.md). Times are those of the device. */
export class LedWatch {
  private count = 0;
  private last = -Infinity;

  /** The LED goes on. */
  blinked(ms: number): void {
    this.count = ms - this.last < PAUSE ? this.count + 1 : 1;
    this.last = ms;
  }

  /** The chip has no power any more. */
  forget(): void {
    this.count = 0;
    this.last = -Infinity;
  }

  /** Blinks of the last whole code at this time: 0 when it stays dark, undefined in the middle of a code. */
  code(ms: number): number | undefined {
    if (this.count === 0) return undefined;
    const dark = ms - this.last;
    if (dark >= SILENCE) return 0;
    return dark >= PAUSE ? this.count : undefined;
  }
}

/** When a code that began its last blink now can be read, and when the LED counts as dark; device's ms. */
export const READ_AFTER = [PAUSE + 100, SILENCE + 100] as const;
