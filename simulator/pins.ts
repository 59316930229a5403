import type { Chip } from './chip.ts';
import { PulseQueue } from './pulse-queue.ts';
import type { Time } from './time.ts';

export type Level = 0 | 1;
/** A change of the level that can be measured at a pin; `ms` is board time since the board was made. */
export interface PinEdge {
  readonly pin: string;
  readonly level: Level;
  readonly ms: number;
}

interface PinState {
  /** Espruino's name of the mode, or undefined while nothing has asked for one. */
  mode: string | undefined;
  /** Whether code chose the mode itself, so that digitalWrite leaves it alone. */
  fixed: boolean;
  output: Level;
  pull: Level;
  outside: Level | undefined;
  seen: Level;
}

/** How many edges are kept. */
export const EDGES = 20_000;

const OUTPUT = new Set(['output', 'opendrain', 'opendrain_pullup', 'af_output', 'af_opendrain']);
const PULLED_UP = new Set(['input_pullup', 'opendrain_pullup']);

/** The chip's pins: hardware that outlives the interpreter and knows only power, levels and time. */
export class Pins {
  /** The last ones, between half of `EDGES` and all of them: a workshop may run for weeks. */
  readonly edges: PinEdge[] = [];
  readonly pulses: PulseQueue;
  private readonly states = new Map<number, PinState>();
  private readonly watchers = new Set<(pin: number, level: Level) => void>();
  private readonly started: number;
  private power = false;

  constructor(
    private readonly chip: Chip,
    private readonly time: Time,
    private readonly resistors: Readonly<Record<string, Level>>,
    private readonly report: (edge: PinEdge) => void,
  ) {
    this.started = time.now();
    this.pulses = new PulseQueue(time, chip.pulseRangeMs, (pin, level, at) => { this.output(pin, level, at); });
    for (const pin of chip.pins) this.states.set(pin, floating());
  }

  has(pin: number): boolean {
    return this.states.has(pin);
  }

  level(pin: number): Level {
    const state = this.state(pin);
    if (!this.power) return 0;
    if (state.mode !== undefined && OUTPUT.has(state.mode)) return state.output;
    return state.outside ?? this.resistors[`D${pin}`] ?? state.pull;
  }

  mode(pin: number): string | undefined {
    return this.state(pin).mode;
  }

  /** Puts a pin in a mode. `fixed`: code asked for it by name. */
  setMode(pin: number, mode: string | undefined, fixed: boolean): void {
    const state = this.state(pin);
    state.mode = mode;
    state.fixed = fixed;
    state.pull = mode !== undefined && PULLED_UP.has(mode) ? 1 : 0;
    this.settle(pin);
  }

  /** What digitalWrite does: the level, and output unless code chose another mode. */
  write(pin: number, level: Level): void {
    const state = this.state(pin);
    state.output = level;
    if (!state.fixed) state.mode = 'output';
    this.settle(pin);
  }

  /** Drives a pin from outside, as a button does; undefined lets go. */
  drive(pin: number, level: Level | undefined): void {
    this.state(pin).outside = level;
    this.settle(pin);
  }

  /** Calls back on each change of a level, until the function that it returns is called. */
  watch(changed: (pin: number, level: Level) => void): () => void {
    this.watchers.add(changed);
    return () => { this.watchers.delete(changed); };
  }

  /** Power or reset: every pin is an input; those that the chip pulls up are high. */
  reset(): void {
    this.power = true;
    this.restore(this.chip.highAtReset);
  }

  /** What `load()` and `reset()` do to the pins. */
  pullUp(): void {
    this.pulses.clear();
    for (const pin of this.chip.pullUpAtLoad) this.setMode(pin, 'input_pullup', false);
  }

  powerOff(): void {
    this.power = false;
    this.restore([]);
  }

  private restore(high: readonly number[]): void {
    this.pulses.clear();
    for (const [pin, state] of this.states) {
      Object.assign(state, floating(), { seen: state.seen, outside: state.outside, pull: high.includes(pin) ? 1 : 0 });
      this.settle(pin);
    }
  }

  private output(pin: number, level: Level, at: number): void {
    this.state(pin).output = level;
    this.settle(pin, at);
  }

  private settle(pin: number, at = this.time.now()): void {
    const state = this.state(pin);
    const level = this.level(pin);
    if (level === state.seen) return;
    state.seen = level;
    const edge: PinEdge = { pin: `D${pin}`, level, ms: at - this.started };
    this.edges.push(edge);
    if (this.edges.length > EDGES) this.edges.splice(0, EDGES / 2);
    this.report(edge);
    for (const changed of [...this.watchers]) changed(pin, level);
  }

  private state(pin: number): PinState {
    const state = this.states.get(pin);
    if (!state) throw new Error(`This chip has no pin D${pin}`);
    return state;
  }
}

function floating(): PinState {
  return { mode: undefined, fixed: false, output: 0, pull: 0, outside: undefined, seen: 0 };
}
