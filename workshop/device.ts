import type { Role } from './cast.ts';
import { ringsOf } from './cast.ts';
import { learn } from './learn.ts';
import type { Said } from './learn.ts';
import { LedWatch, READ_AFTER } from './led-watch.ts';
import type { DeviceState } from './messages.ts';
import { UpdateWatch } from './update-watch.ts';

/** What the workshop needs of a simulated board; `simulator/` has it. */
export interface Hardware {
  plug(): void;
  unplug(): void;
  wifi(there: boolean): void;
  setInput(pin: string, level: 0 | 1): void;
  /** Level that a pin really has. */
  level(pin: string): number;
  on(event: 'edge', listener: (edge: { pin: string; level: 0 | 1; ms: number }) => void): unknown;
  /** The chip begins to boot. */
  on(event: 'start', listener: () => void): unknown;
  /** The time that it lives in, ms, and how many times faster than ours that runs. */
  readonly time: { now(): number; speed: number };
}

export interface DeviceEvents {
  changed(id: string): void;
  /** The relay moved, on or off. */
  stroke(id: string, on: boolean): void;
}

/** One device: its hardware, and what it says over MQTT. */
export class Device {
  private power = false;
  private hasWifi = true;
  private down = false;
  private strokes = 0;
  private relayOn = false;
  private said: Said = { status: '' };
  private readonly led = new LedWatch();
  private blinks: number | undefined;
  private timers: NodeJS.Timeout[] = [];
  private readonly update: UpdateWatch;

  constructor(readonly role: Role, private readonly hardware: Hardware, private readonly events: DeviceEvents) {
    this.update = new UpdateWatch(role, hardware.time, () => this.changed());
    hardware.on('edge', ({ pin, level, ms }) => this.edge(pin, level, ms));
    hardware.on('start', () => this.update.started());
  }

  setPower(on: boolean): void {
    if (on === this.power) return;
    this.power = on;
    if (on) this.hardware.plug();
    else this.hardware.unplug();
    if (!on) this.forgetLed();
    this.relay(on && this.relayLevel());
    this.changed();
  }

  setWifi(there: boolean): void {
    this.hasWifi = there;
    this.hardware.wifi(there);
    this.changed();
  }

  setSpeed(times: number): void {
    this.hardware.time.speed = times;
    this.changed();
  }

  setButton(down: boolean): void {
    const { button } = this.role.board;
    if (!button || down === this.down) return;
    this.down = down;
    this.hardware.setInput(button.pin, down ? button.pressed : button.pressed === 1 ? 0 : 1);
    this.changed();
  }

  /** A message passed the broker; it may be from this device. */
  heard(prefix: string, topic: string, payload: Buffer): void {
    this.update.heard(prefix, topic, payload);
    const said = learn(this.said, prefix, this.role.id, topic, payload.toString(), Date.now());
    if (said === this.said) return;
    this.said = said;
    this.changed();
  }

  /** The broker has handed it a chunk of an image. */
  handed(image: string, n: number): void {
    this.update.handed(image, n);
  }

  state(): DeviceState {
    const { id, groups, board } = this.role;
    const rings = ringsOf(this.role);
    return {
      id,
      groups,
      board: board.id,
      power: this.power,
      wifi: this.hasWifi,
      relay: { pin: board.relay.pin, on: this.relayOn, strokes: this.strokes },
      ...(board.led ? { led: this.ledState(board.led.pin) } : {}),
      ...(board.button && rings.length ? { button: { pin: board.button.pin, down: this.down, rings } } : {}),
      ...this.said,
      speed: this.hardware.time.speed,
      ...this.update.state(this.power),
    };
  }

  private edge(pin: string, level: 0 | 1, ms: number): void {
    const { led } = this.role.board;
    if (pin === led?.pin && level === led.on) this.blinked(ms);
    if (pin === this.role.board.relay.pin) this.relay(level === this.role.board.relay.on);
    else this.changed();
  }

  private relay(on: boolean): void {
    if (on === this.relayOn) return;
    this.relayOn = on;
    if (on) this.strokes++;
    this.events.stroke(this.role.id, on);
  }

  private relayLevel(): boolean {
    return this.hardware.level(this.role.board.relay.pin) === this.role.board.relay.on;
  }

  private isLit(): boolean {
    const { led } = this.role.board;
    return this.power && led !== undefined && this.hardware.level(led.pin) === led.on;
  }

  private ledState(pin: string): NonNullable<DeviceState['led']> {
    const code = this.led.code(this.hardware.time.now());
    if (code !== undefined) this.blinks = code;
    return { pin, on: this.isLit(), ...(this.blinks === undefined ? {} : { blinks: this.blinks }) };
  }

  /** A code is over when no blink follows, which no edge tells. */
  private blinked(ms: number): void {
    this.led.blinked(ms);
    this.stopTimers();
    this.timers = READ_AFTER.map((wait) => setTimeout(() => this.changed(), wait / this.hardware.time.speed));
  }

  private forgetLed(): void {
    this.stopTimers();
    this.led.forget();
    this.blinks = undefined;
  }

  private stopTimers(): void {
    this.timers.forEach(clearTimeout);
  }

  private changed(): void {
    this.events.changed(this.role.id);
  }
}
