import type { BoardOptions, ResetReason } from './board-options.ts';
import { CHIPS } from './chip.ts';
import type { Chip } from './chip.ts';
import { WallClock } from './clock.ts';
import { Flash, PowerCut } from './flash.ts';
import { Halt } from './interpreter.ts';
import type { Network } from './network.ts';
import { Pins } from './pins.ts';
import type { Level, PinEdge } from './pins.ts';
import { Radio } from './radio.ts';
import { Run } from './run.ts';
import { Storage } from './storage.ts';
import type { Cancel, Time } from './time.ts';

/** How much of what was printed is kept, characters. */
export const CONSOLE_CHARS = 100_000;

/** What a board tells its surroundings. */
export interface BoardEvents {
  edge: PinEdge;
  /** The chip begins to boot, for this reason. */
  start: ResetReason;
}

type Listeners = { [E in keyof BoardEvents]: ((what: BoardEvents[E]) => void)[] };

/** A simulated board: what is soldered on it, and the interpreter that runs on it at the moment. */
export class Board {
  readonly chip: Chip;
  readonly mac: string;
  readonly time: Time;
  readonly network: Network;
  readonly flash: Flash;
  readonly storage: Storage;
  readonly pins: Pins;
  readonly radio: Radio;
  readonly clock: WallClock;
  powered = false;
  /** Restarts of the chip since the board was made: reboots and watchdogs, not `plug`. */
  restarts = 0;
  /** Writes and erases while a pulse ran: on a chip the interrupt at its end may find no code to run. */
  writesDuringPulse = 0;
  resetReason: ResetReason = 'power on';
  /** The end of what the board has printed. */
  consoleText = '';
  /** Makes `E.getErrorFlags()` tell of memory that is running out. */
  lowMemory = false;
  /** Doors that a chip opens by itself until the firmware closes them. */
  telnet = false;
  bluetoothConsole = false;
  /** The interpreter that runs; undefined while the board is off or starting. */
  run: Run | undefined;
  private readonly listeners: Listeners = { edge: [], start: [] };
  private starting: Cancel = () => undefined;

  constructor(private readonly options: BoardOptions) {
    const { time } = options;
    const chip = CHIPS[options.chip];
    const { address, pageSize, pages } = chip.storage;
    this.chip = chip;
    this.time = time;
    this.network = options.network;
    this.mac = options.mac ?? '5c:cf:7f:a1:b2:c3';
    this.flash = new Flash(address, pageSize, pages, options.storage, () => { this.unplug(); });
    this.flash.onOperation = () => { if (this.pins.pulses.running) this.writesDuringPulse++; };
    this.storage = new Storage(this.flash, chip.name === 'linux', (line) => { this.print(line); });
    this.pins = new Pins(chip, time, { ...chip.resistors, ...options.resistors }, (edge) => { this.tell(edge); });
    this.radio = new Radio(chip, time, options.accessPoints, options.ip ?? '192.168.1.50');
    this.clock = new WallClock(chip, time);
  }

  /** The last edges of all pins: 10,000 at least, if there were as many since the board was made. */
  get edges(): readonly PinEdge[] {
    return this.pins.edges;
  }

  /** Variables of the interpreter; the simulated board has no measure of its own. */
  get memory(): { total: number; blockSize: number } {
    return { total: this.chip.variables, blockSize: this.chip.variableBytes };
  }

  on<E extends keyof BoardEvents>(event: E, listener: (what: BoardEvents[E]) => void): void {
    this.listeners[event].push(listener);
  }

  /** Switches the power on: the board boots from Storage. */
  plug(): void {
    if (this.powered) return;
    this.powered = true;
    this.clock.powerOn();
    this.boot('power on');
  }

  /** Cuts the power: nothing runs any more, and the peers of its sockets are not told. */
  unplug(): void {
    if (!this.powered) return;
    this.powered = false;
    this.starting();
    this.endRun();
    this.pins.powerOff();
    this.radio.powerOff();
  }

  /** Takes the access point away or brings it back. */
  wifi(inReach: boolean): void {
    this.radio.reach(inReach);
  }

  level(pin: string): Level {
    return this.pins.level(pinNumber(pin));
  }

  /** Drives a pin from outside; undefined lets go of it. */
  setInput(pin: string, level: Level | undefined): void {
    this.pins.drive(pinNumber(pin), level);
  }

  /** Presses a button for `ms`: it pulls its pin to `level`, or to the other level than the present one. */
  press(pin: string, ms = 200, level: Level = this.level(pin) ? 0 : 1): void {
    this.setInput(pin, level);
    this.time.after(ms, () => { this.setInput(pin, undefined); });
  }

  /** Moves the wall clock; `timers`: their base too, as a chip's own SNTP does, so that they come early or late. */
  clockJump(seconds: number, options: { timers?: boolean } = {}): void {
    this.clock.jump(seconds);
    if (options.timers) this.run?.timers.shift(-seconds * 1000);
  }

  print(line: string): void {
    this.consoleText = `${this.consoleText}${line}\n`.slice(-CONSOLE_CHARS);
    this.options.onConsole?.(line);
  }

  /** Restarts the chip from within board code, or from a watchdog. */
  restart(reason: ResetReason): never {
    this.scheduleRestart(reason);
    throw new Halt();
  }

  /** Restarts the chip; what runs ends with its next call. */
  scheduleRestart(reason: ResetReason): void {
    this.restarts++;
    this.endRun();
    this.boot(reason);
  }

  /** Nothing runs any more but what hardware does by itself, until a watchdog restarts the chip. */
  hang(ms: number, reason: ResetReason): void {
    this.starting = this.time.after(ms, () => { this.scheduleRestart(reason); });
  }

  /** `load()` and `reset()`: the interpreter starts afresh, the chip doesn't. */
  startOver(mode: 'load' | 'reset', file?: string): void {
    this.run?.leave();
    this.endRun();
    this.pins.pullUp();
    this.starting = this.time.after(0, () => { this.start(mode, file); });
  }

  private tell(edge: PinEdge): void {
    for (const listener of this.listeners.edge) listener(edge);
  }

  private boot(reason: ResetReason): void {
    this.resetReason = reason;
    this.pins.reset();
    this.radio.reset(this.mac);
    this.telnet = this.chip.name !== 'linux' && this.chip.modules.includes('TelnetServer');
    this.bluetoothConsole = this.chip.family === 'esp32';
    for (const listener of this.listeners.start) listener(reason);
    this.starting = this.time.after(this.chip.bootMs, () => {
      try {
        this.storage.check();
      } catch (error) {
        if (error instanceof PowerCut) return;
        throw error;
      }
      this.start('boot');
    });
  }

  private start(mode: 'boot' | 'load' | 'reset', file?: string): void {
    this.run = new Run(this);
    this.run.boot(mode, file);
  }

  private endRun(): void {
    this.run?.stop();
    this.run = undefined;
  }
}

/** Makes a board; it stays without power until `plug`. */
export function createBoard(options: BoardOptions): Board {
  return new Board(options);
}

function pinNumber(pin: string): number {
  return Number(pin.slice(1));
}
