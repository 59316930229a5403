import { MqttClient } from 'mqtt';
import type { IClientOptions } from 'mqtt';
import type { Board } from '../../boards/board.ts';
import { addFile } from '../../scripts/lib/storage-file.ts';
import { realTime } from '../../simulator/index.ts';
import type { Answer, BoardOptions, VirtualTime } from '../../simulator/index.ts';
import { Bell } from './bell.ts';
import type { Hardware } from './bell.ts';
import { bellOnBoard } from './bell-on-board.ts';
import type { SimulatedHardware } from './bell-on-board.ts';
import { bellOnInterpreter } from './bell-on-interpreter.ts';
import type { InterpretedHardware } from './bell-on-interpreter.ts';
import type { MortalBroker } from './brokers.ts';
import { flashed } from './factory.ts';
import type { Json } from './factory.ts';
import { waitingForReal, waitingIn } from './waiting.ts';
import type { Waiting } from './waiting.ts';
import { Wire } from './wire.ts';

/** What makes hardware at the end of a wire. */
export type Maker<H extends Hardware = Hardware> = (wire: Wire, settings: Json, waiting: Waiting) => Promise<H>;

/** What a test wants of a simulated board. */
export interface Simulation extends Partial<BoardOptions> {
  /** Changes the Storage before it is put on the board. */
  readonly change?: (storage: Buffer) => void;
  /** Answers its datagrams. */
  readonly answer?: Answer;
}

/** A simulated board of this kind. Without `time` it lives in real time. */
export function simulated(
  kind: Board, time?: VirtualTime, { change, ...options }: Simulation = {},
): Maker<SimulatedHardware> {
  return async (wire, settings, waiting) => {
    const storage = flashed(kind, settings);
    change?.(storage);
    return bellOnBoard(kind, storage, wire, time ?? realTime(), waiting, options);
  };
}

/** The real interpreter at `bin`. `shim` is code of the test's that runs on it first. */
export function interpreted(bin: string, kind: Board, shim = ''): Maker<InterpretedHardware> {
  return async (wire, settings, waiting) => {
    const { port, close } = await wire.listen();
    const mqtt = { ...(settings['mqtt'] as Json), host: '127.0.0.1', port };
    const storage = flashed(kind, { ...settings, mqtt });
    // Behind `.boot0`, which is the trace's.
    const hardware = bellOnInterpreter(bin, shim ? addFile(storage, '.boot1', shim) : storage, waiting);
    const { dispose } = hardware;
    hardware.dispose = () => dispose().finally(close);
    return hardware;
  };
}

/** Settings of most tests: short silences, and nothing but what a test asks for. */
const SETTINGS: Json = { id: 'front', groups: ['ground'], statsS: 0 };
const MQTT: Json = { host: 'broker', keepAlive: 30 };
const WIFI = [{ ssid: 'home', password: 'secret123' }];

let scenes = 0;

/** One bell, its broker, and the wire between the two. */
export class Scene<H extends Hardware = Hardware> {
  readonly waiting: Waiting;
  readonly wire: Wire;
  private readonly bells: Bell[] = [];
  private readonly clients: MqttClient[] = [];

  /** Unless a test says otherwise, each scene has a prefix of its own, because a broker may serve many. */
  constructor(
    readonly broker: MortalBroker, readonly time?: VirtualTime, readonly prefix = `scene${process.pid}x${++scenes}`,
  ) {
    this.waiting = time ? waitingIn(time) : waitingForReal();
    this.wire = new Wire(() => broker.connect());
  }

  /** A bell without power, and a client that follows what it says. */
  async bell(make: Maker<H>, settings: Json = {}, wire = this.wire): Promise<Bell & { hardware: H }> {
    const mqtt = { ...MQTT, clientId: `${this.prefix}b${this.bells.length}`, ...(settings['mqtt'] as Json) };
    const all: Json = { ...SETTINGS, prefix: this.prefix, wifi: WIFI, ...settings, mqtt };
    const hardware = await make(wire, all, this.waiting);
    const client = await this.client(`w${this.bells.length}`);
    const bell = new Bell(hardware, client, this.prefix, String(all['id']), this.waiting);
    this.bells.push(bell);
    return await bell.watch() as Bell & { hardware: H };
  }

  /** An ordinary client, connected, that comes back by itself. */
  async client(name: string, more: IClientOptions = {}): Promise<MqttClient> {
    const options: IClientOptions = {
      protocolVersion: 4, clean: false, keepalive: 0, reconnectPeriod: 20, clientId: `${this.prefix}${name}`, ...more,
    };
    const client = new MqttClient(() => this.broker.connect(), options);
    this.clients.push(client);
    client.on('error', () => undefined).on('connect', () => this.waiting.look());
    await new Promise<void>((done) => client.once('connect', () => done()));
    return client;
  }

  /** The broker comes back, and the clients with it: they live in real time. */
  async revive(): Promise<void> {
    await this.broker.revive();
    const lost = this.clients.filter((client) => !client.connected);
    await Promise.all(lost.map((client) => new Promise<void>((done) => client.once('connect', () => done()))));
  }

  async end(): Promise<void> {
    for (const { hardware } of this.bells) await hardware.dispose();
    for (const client of this.clients) await client.endAsync(true);
    this.wire.cut();
  }
}
