import type { Chip } from './chip.ts';
import type { Cancel, Time } from './time.ts';

/** An access point that boards may join; without a list every name and password is welcome. */
export interface AccessPoint {
  readonly ssid: string;
  readonly password: string;
}

/** Numbers are the SDK's; the texts those of the ESP8266 and of the ESP32. */
export const REASON = {
  leave: [8, 'assoc_leave', 'ASSOC_LEAVE'],
  handshake: [15, '4way_handshake_timeout', '4WAY_HANDSHAKE_TIMEOUT'],
  beacon: [200, 'beacon_timeout', 'BEACON_TIMEOUT'],
  notFound: [201, 'no_ap_found', 'NO_AP_FOUND'],
} as const;
export type Reason = keyof typeof REASON;

/** What the radio tells the interpreter that runs at the moment. */
export interface RadioListener {
  associated(ssid: string): void;
  connected(ip: string): void;
  disconnected(ssid: string, reason: Reason): void;
  /** Links over this radio carry nothing any more. */
  linkLost(): void;
}

export type StationState = 'off' | 'connecting' | 'bad_password' | 'no_ap_found' | 'connected';

const ASSOCIATION_MS = 1200;
const DHCP_MS = 800;
const TRY_MS = 3000;
const ESP32_TRIES = 3;

/**
 * The Wi-Fi of a board. The ESP8266 tries again for ever, by itself; the ESP32 takes two drops in silence and
 * then gives up for good.
 */
export class Radio {
  state: StationState = 'off';
  ssid = '';
  /** Name of the open or closed network that the board itself offers. */
  accessPoint: { ssid: string; password: string | undefined } | undefined;
  rssi = -60;
  ip = '0.0.0.0';
  hostname = '';
  listener: RadioListener | undefined;
  private password = '';
  private retries = 0;
  private cancel: Cancel = () => undefined;
  private inRange = true;
  /** Whether the radio of an ESP32 runs, for whatever. */
  private started = false;
  /** Whether its mode is that of a station, beside whatever else. */
  private isStation = false;

  constructor(
    private readonly chip: Chip,
    private readonly time: Time,
    readonly known: readonly AccessPoint[] | undefined,
    private readonly address: string,
  ) {}

  get online(): boolean {
    return this.chip.name === 'linux' ? this.inRange : this.state === 'connected';
  }

  /** Power-on or restart. A fresh ESP8266 opens an access point that anybody may join. */
  reset(mac: string): void {
    this.stop();
    const name = `ESP_${mac.replaceAll(':', '').slice(-6).toUpperCase()}`;
    this.accessPoint = this.chip.name === 'esp8266' ? { ssid: name, password: undefined } : undefined;
  }

  powerOff(): void {
    this.stop();
    this.accessPoint = undefined;
  }

  /** The access point goes out of reach or comes back. */
  reach(inRange: boolean): void {
    if (inRange === this.inRange) return;
    this.inRange = inRange;
    if (inRange) return;
    this.listener?.linkLost();
    if (this.state === 'connected') this.drop('beacon');
  }

  /** Opens a network of its own. */
  offer(ssid: string, password: string | undefined): void {
    if (this.chip.isEitherOr) this.leave();
    this.accessPoint = { ssid, password };
    // Together with the station, if there ever was one: it tries once more.
    if (this.isStation) this.started = true;
  }

  /** Closes the network of its own. An ESP32 that was no station then stays started, and so deaf to `join`. */
  withdraw(): void {
    this.accessPoint = undefined;
  }

  /** A scan begins: of the ESP32, whose radio starts for it. */
  beforeScan(): void {
    this.started = this.isStation = true;
  }

  /** A scan has ended: an ESP32 that is neither station nor access point stops, and may be started by `join` again. */
  afterScan(): void {
    if (!this.accessPoint && this.state !== 'connected' && this.state !== 'connecting') this.started = false;
  }

  /** Networks that a scan finds. */
  inReach(): readonly AccessPoint[] {
    return this.inRange ? this.known ?? [{ ssid: 'home', password: 'secret' }] : [];
  }

  join(ssid: string, password: string): void {
    if (this.chip.isEitherOr && this.accessPoint) {
      this.accessPoint = undefined;
      this.started = false;
    }
    const isSame = this.state === 'connected' && this.ssid === ssid && this.password === password;
    if (isSame && this.chip.name === 'esp8266') return this.greet();
    if (this.state === 'connected') this.listener?.linkLost();
    this.ssid = ssid;
    this.password = password;
    this.retries = ESP32_TRIES;
    // An ESP32 tries when its radio starts, and asks nobody again while it runs for something else.
    const isDeaf = this.chip.family === 'esp32' && this.started && this.state === 'off';
    if (!isDeaf) this.attempt();
    this.started = this.isStation = true;
  }

  /** Turns the station off, as Wi-Fi.disconnect does. */
  leave(): void {
    const wasConnected = this.state === 'connected';
    this.stop();
    if (!wasConnected) return;
    this.listener?.linkLost();
    this.listener?.disconnected(this.ssid, 'leave');
  }

  private stop(): void {
    this.cancel();
    this.state = 'off';
    this.ip = '0.0.0.0';
    this.started = this.isStation = false;
  }

  private attempt(): void {
    this.cancel();
    this.state = 'connecting';
    this.ip = '0.0.0.0';
    this.cancel = this.time.after(ASSOCIATION_MS, () => { this.associate(); });
  }

  private associate(): void {
    const network = this.known?.find(({ ssid }) => ssid === this.ssid);
    if (!this.inRange || (this.known && !network)) return this.drop('notFound');
    if (network && network.password !== this.password) return this.drop('handshake');
    this.listener?.associated(this.ssid);
    this.cancel = this.time.after(DHCP_MS, () => {
      if (!this.inRange) return this.drop('beacon');
      this.state = 'connected';
      this.greet();
    });
  }

  private greet(): void {
    this.ip = this.address;
    this.listener?.connected(this.ip);
  }

  private drop(reason: Reason): void {
    this.ip = '0.0.0.0';
    if (this.chip.name === 'esp8266') {
      this.state = reason === 'handshake' ? 'bad_password' : reason === 'notFound' ? 'no_ap_found' : 'connecting';
      this.listener?.disconnected(this.ssid, reason);
      this.again(TRY_MS);
      return;
    }
    if (--this.retries > 0) return this.again(0);
    this.state = 'off';
    if (!this.accessPoint) this.started = false;
    this.listener?.disconnected(this.ssid, reason);
  }

  private again(ms: number): void {
    this.cancel();
    this.cancel = this.time.after(ms, () => { this.attempt(); });
  }
}
