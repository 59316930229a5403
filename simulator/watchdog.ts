import type { Board } from './board.ts';
import type { Interpreter } from './interpreter.ts';
import type { Cancel } from './time.ts';

/**
 * What happens when board code doesn't come back, and `E.enableWatchdog`: a stub on the ESP8266, whose SDK has its
 * own after 3.2 s; real on the ESP32. A board without any hangs; its pulses still end.
 */
export class Watchdog {
  private seconds = 0;
  private automatic = true;
  private cancel: Cancel = () => undefined;

  constructor(private readonly board: Board, interpreter: Interpreter) {
    interpreter.closers.add(() => { this.cancel(); });
  }

  enable(seconds: number, automatic: boolean): void {
    if (this.board.chip.family !== 'esp32') return;
    this.seconds = Math.max(1, Math.round(seconds));
    this.automatic = automatic;
    this.kick();
  }

  kick(): void {
    this.cancel();
    if (this.automatic || !this.seconds) return;
    this.cancel = this.board.time.after(this.seconds * 1000, () => { this.board.scheduleRestart('restart'); });
  }

  /** Native code keeps the processor for `ms`: pulses go on, a watchdog that is too short bites. */
  busy(ms: number): void {
    const { board } = this;
    const limit = this.seconds * 1000;
    board.time.block(limit && ms > limit ? limit : ms);
    board.pins.pulses.catchUp();
    if (limit && ms > limit) board.restart('restart');
  }

  /** Board code has run into an endless loop. */
  stuck(): void {
    const { board } = this;
    const ms = board.chip.softWatchdogMs || this.seconds * 1000;
    board.run?.stop();
    if (!ms) return board.print('The interpreter hangs.');
    board.hang(ms, board.chip.softWatchdogMs ? 'soft wdt' : 'restart');
  }
}
