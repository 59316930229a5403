import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { REASON } from './radio.ts';
import type { Radio, RadioListener, Reason } from './radio.ts';
import { typeName } from './type-name.ts';

const STATION_MAC = 'aa:bb:cc:00:00:01';
/** Calls that do nothing here. */
const UNUSED = ['setConfig', 'setSNTP', 'setIP', 'setAPIP', 'save', 'restore', 'ping', 'getHostByName'];
const GATEWAY = '192.168.1.1';
const MASK = '255.255.255.0';

/** `require('Wifi')`, with what differs between ESP8266 and ESP32. */
export class Wifi implements RadioListener {
  readonly api: Record<string, unknown>;
  private onJoined: unknown;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly events: Events,
    private readonly chip: Chip,
    private readonly radio: Radio,
    private readonly mac: string,
    private readonly losesLinks: () => void,
  ) {
    this.api = interpreter.object({ ...this.actions(), ...this.answers() });
    radio.listener = this;
    interpreter.closers.add(() => { if (radio.listener === this) radio.listener = undefined; });
  }

  private actions(): Record<string, unknown> {
    const { radio } = this;
    const done = (callback: unknown): void => { this.queue(callback, []); };
    return {
      connect: (ssid: unknown, options: unknown, callback: unknown) => { this.connect(ssid, options, callback); },
      disconnect: (callback: unknown) => { radio.leave(); done(callback); },
      startAP: (ssid: unknown, options: unknown, callback: unknown) => { this.startAP(ssid, options, callback); },
      stopAP: (callback: unknown) => { radio.accessPoint = undefined; done(callback); },
      scan: (callback: unknown) => { this.scan(callback); },
      setHostname: (name: unknown, callback: unknown) => { radio.hostname = String(name); done(callback); },
      ...Object.fromEntries(UNUSED.map((name) => [name, () => undefined])),
    };
  }

  /** Calls that give back what they know, and hand it to a callback too. */
  private answers(): Record<string, unknown> {
    const { interpreter, mac, radio } = this;
    const questions: Record<string, () => unknown> = {
      getStatus: () => this.status(),
      getDetails: () => this.details(),
      getAPDetails: () => this.accessPoint(),
      getIP: () => this.address(),
      getAPIP: () => interpreter.object({ ip: '192.168.4.1', mac }),
      getHostname: () => radio.hostname,
    };
    return Object.fromEntries(Object.entries(questions).map(([name, question]) => [name, (callback: unknown) => {
      const value = question();
      this.queue(callback, [value]);
      return value;
    }]));
  }

  associated(ssid: string): void {
    this.emit('associated', { ssid, mac: STATION_MAC, channel: this.esp32 ? '6' : 6 });
  }

  connected(ip: string): void {
    this.joined(null);
    this.emit('connected', this.esp32 ? { ip, netmask: MASK, gw: GATEWAY } : { ip, mask: MASK, gw: GATEWAY });
  }

  disconnected(ssid: string, reason: Reason): void {
    const [code, text, upper] = REASON[reason];
    if (reason !== 'leave') this.joined(this.esp32 ? upper : reason === 'handshake' ? 'bad_password' : text);
    const details = this.esp32 ? { reason: String(code), msg: upper } : { reason: text };
    this.emit('disconnected', { ssid, mac: STATION_MAC, ...details });
  }

  linkLost(): void {
    this.losesLinks();
  }

  private get esp32(): boolean {
    return this.chip.family === 'esp32';
  }

  private connect(ssid: unknown, options: unknown, callback: unknown): void {
    if (typeof ssid !== 'string') throw this.interpreter.error('No SSID provided');
    this.needCallback(callback);
    if (options !== undefined && (options === null || typeof options !== 'object')) {
      throw this.interpreter.error(`Expecting Object, got ${typeName(options)}`);
    }
    const { password } = (options ?? {}) as { password?: unknown };
    if (password !== undefined && typeof password !== 'string') {
      throw this.interpreter.error(`Expecting options.password to be a string but got ${typeName(password)}`);
    }
    this.onJoined = callback;
    this.radio.join(ssid.slice(0, 31), (password ?? '').slice(0, 63));
  }

  private startAP(ssid: unknown, options: unknown, callback: unknown): void {
    this.needCallback(callback);
    if (typeof ssid !== 'string') throw this.interpreter.error('No SSID');
    const { password } = (options ?? {}) as { password?: unknown };
    if (password !== undefined && (typeof password !== 'string' || password.length < 8)) {
      throw this.interpreter.error('Password must be string of at least 8 characters');
    }
    this.radio.offer(ssid, password === undefined);
    this.queue(callback, [null]);
  }

  private scan(callback: unknown): void {
    if (typeof callback !== 'function') throw this.interpreter.error('Expecting callback function');
    const found = (this.radio.known ?? [{ ssid: 'home', password: 'secret' }]).map(({ ssid, password }) =>
      this.interpreter.object({ rssi: this.radio.rssi, channel: 6, authMode: password ? 'wpa2' : 'open',
        isHidden: false, ssid, mac: STATION_MAC }));
    this.interpreter.host.time.after(2000, () => { this.queue(callback, [this.interpreter.array(found)]); });
  }

  private status(): object {
    const { state, accessPoint } = this.radio;
    const [off, station, ap, both] = this.esp32 ? ['NULL', 'STA', 'AP', 'APSTA'] : ['off', 'sta', 'ap', 'sta+ap'];
    const joins = state !== 'off';
    return this.interpreter.object({
      mode: joins ? (accessPoint ? both : station) : accessPoint ? ap : off,
      station: this.esp32 && state === 'off' ? 'disconnected' : state,
      ap: accessPoint ? 'enabled' : 'disabled', phy: '11n', powersave: 'none', savedMode: 'off',
    });
  }

  private details(): object {
    const { state, ssid, rssi } = this.radio;
    const password = '';
    return this.interpreter.object(state === 'connected' ? { status: state, rssi, ssid, password, authMode: 'wpa2' }
      : { status: state });
  }

  private accessPoint(): object {
    const { accessPoint } = this.radio;
    return this.interpreter.object({ status: accessPoint ? 'enabled' : 'disabled', ssid: accessPoint?.ssid ?? '',
      authMode: accessPoint?.open === false ? 'wpa2' : 'open', stations: this.interpreter.array([]) });
  }

  private address(): object {
    const { ip } = this.radio;
    const up = ip !== '0.0.0.0';
    return this.interpreter.object({ ip, netmask: up ? MASK : '0.0.0.0', gw: up ? GATEWAY : '0.0.0.0', mac: this.mac });
  }

  private needCallback(callback: unknown): void {
    if (callback === undefined || callback === null || typeof callback === 'function') return;
    throw this.interpreter.error(`Expecting callback function but got ${typeName(callback)}`);
  }

  private joined(result: string | null): void {
    const callback = this.onJoined;
    this.onJoined = undefined;
    this.queue(callback, [result]);
  }

  private emit(event: string, details: Record<string, unknown>): void {
    this.events.emit(this.api, event, [this.interpreter.object(details)]);
  }

  private queue(callback: unknown, args: readonly unknown[]): void {
    if (typeof callback === 'function') this.interpreter.queue(callback, undefined, args);
  }
}
