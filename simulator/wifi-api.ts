import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import { REASON } from './radio.ts';
import type { AccessPoint, Radio, RadioListener, Reason } from './radio.ts';
import { typeName } from './type-name.ts';

const STATION_MAC = 'aa:bb:cc:00:00:01';
/** Calls that do nothing here. */
const UNUSED = ['setConfig', 'setSNTP', 'setIP', 'setAPIP', 'save', 'restore', 'ping'];
const AUTH_MODES = ['open', 'wpa2', 'wpa', 'wpa_wpa2'];
const SCAN_MS = 2000;
const GATEWAY = '192.168.1.1';
const MASK = '255.255.255.0';

/** `require('Wifi')`, with what differs between ESP8266 and ESP32. */
export class Wifi implements RadioListener {
  readonly api: Record<string, unknown>;
  private onJoined: unknown;
  private isScanning = false;
  /** Who has asked for an address last: there is one question at a time. */
  private asker: unknown;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly events: Events,
    private readonly chip: Chip,
    private readonly radio: Radio,
    private readonly mac: string,
    private readonly losesLinks: (ofGuests: boolean) => void,
    private readonly lookUp: (name: string, found: (address: string | undefined) => void) => void,
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
      stopAP: (callback: unknown) => {
        radio.withdraw();
        this.losesLinks(true);
        done(callback);
      },
      scan: (callback: unknown) => { this.scan(callback); },
      getHostByName: (name: unknown, callback: unknown) => { this.find(name, callback); },
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
    this.losesLinks(false);
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
    const { password, authMode } = (options ?? {}) as { password?: unknown; authMode?: unknown };
    if (password !== undefined && (typeof password !== 'string' || password.length < 8)) {
      throw this.interpreter.error('Password must be string of at least 8 characters');
    }
    if (authMode !== undefined && !AUTH_MODES.includes(authMode as string)) {
      throw this.interpreter.error('Unknown authMode value');
    }
    const isOpen = authMode === undefined ? password === undefined : authMode === 'open';
    if (!isOpen && password === undefined) throw this.interpreter.error('Password not set but authMode not open');
    if (isOpen && password !== undefined) throw this.interpreter.error('Auth mode set to open but password supplied');
    this.radio.offer(ssid.slice(0, 32), (password as string | undefined)?.slice(0, 63));
    this.queue(callback, [null]);
  }

  private scan(callback: unknown): void {
    if (this.isScanning) throw this.interpreter.error('A scan is already in progress');
    if (typeof callback !== 'function') throw this.interpreter.error('Expecting callback function');
    this.isScanning = true;
    this.radio.beforeScan();
    this.interpreter.host.time.after(SCAN_MS, () => {
      this.isScanning = false;
      this.queue(callback, [this.interpreter.array(this.radio.inReach().map((network) => this.found(network)))]);
      this.radio.afterScan();
    });
  }

  /** A network as a scan tells of it. */
  private found({ ssid, password }: AccessPoint): object {
    const { interpreter, radio: { rssi } } = this;
    const authMode = password ? 'wpa2' : 'open';
    const mac = STATION_MAC;
    if (this.esp32) return interpreter.object({ rssi, authMode, ssid, mac, channel: '6' });
    return interpreter.object({ rssi, channel: 6, authMode, isHidden: false, ssid, mac });
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

  private find(name: unknown, callback: unknown): void {
    if (typeof name !== 'string') throw this.interpreter.error('Hostname parameter is not a string');
    if (typeof callback !== 'function') throw this.interpreter.error('Callback is not a function');
    this.asker = callback;
    const found = (address?: string): void => {
      if (!this.interpreter.alive) return;
      this.queue(this.asker, [address ?? null]);
      this.asker = undefined;
    };
    if (this.radio.online) this.lookUp(name, found);
    else found();
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
      authMode: accessPoint?.password ? 'wpa2' : 'open', stations: this.interpreter.array([]) });
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
