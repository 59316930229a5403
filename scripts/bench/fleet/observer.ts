import mqtt from 'mqtt';
import type { MqttClient } from 'mqtt';
import { readReport } from '../../lib/update/status.ts';

/** What Mosquitto counts, all since its first start: bytes and packets from its clients and to them. */
export interface Counts {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly packetsIn: number;
  readonly packetsOut: number;
  /** Messages that it had no room for. */
  readonly dropped: number;
}

const TOPICS: Readonly<Record<string, keyof Counts>> = {
  '$SYS/broker/bytes/received': 'bytesIn',
  '$SYS/broker/bytes/sent': 'bytesOut',
  '$SYS/broker/messages/received': 'packetsIn',
  '$SYS/broker/messages/sent': 'packetsOut',
  '$SYS/broker/publish/messages/dropped': 'dropped',
};
const NONE: Counts = { bytesIn: 0, bytesOut: 0, packetsIn: 0, packetsOut: 0, dropped: 0 };

/** Somebody who only listens to what bells say of updates, and to what the broker counts; that is subtracted. */
export class Observer {
  /** Bells that have said that they are online, and are not known to be gone. */
  readonly online = new Set<string>();
  /** How often each state of an update was told, with its reason where it has one. */
  readonly said = new Map<string, number>();
  /** Bells that are receiving, or further. */
  readonly begun = new Set<string>();
  /** Most packets that went through the broker in a second. */
  busiest = 0;
  private readonly before = { ...NONE };
  private readonly now = { ...NONE };
  private own = { bytesOut: 0, packetsOut: 0 };
  private last = 0;
  private look: () => void = () => undefined;

  private constructor(private readonly client: MqttClient) {
    client.on('message', (topic, payload, { retain }) => this.hear(topic, payload.toString(), retain));
    client.on('packetreceive', ({ length = 0 }) => {
      this.own.packetsOut++;
      this.own.bytesOut += length + (length < 128 ? 2 : length < 16_384 ? 3 : 4);
    });
    client.on('error', () => undefined);
  }

  static async start(port: number): Promise<Observer> {
    const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { protocolVersion: 4, reconnectPeriod: 500 });
    const observer = new Observer(client);
    await client.subscribeAsync(['$SYS/broker/#', 'bell/+/status', 'bell/+/update/status'], { qos: 0 });
    return observer;
  }

  /** Waits until something holds; it is looked at whenever a message has come. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((done) => { this.look = done; });
  }

  /** What the broker has counted, without what went to this observer. It counts once a second. */
  get counts(): Counts {
    const sum = (key: keyof Counts): number => this.before[key] + this.now[key];
    return {
      bytesIn: sum('bytesIn'), bytesOut: sum('bytesOut') - this.own.bytesOut,
      packetsIn: sum('packetsIn'), packetsOut: sum('packetsOut') - this.own.packetsOut, dropped: sum('dropped'),
    };
  }

  async stop(): Promise<void> {
    await this.client.endAsync(true);
  }

  private hear(topic: string, text: string, isOld: boolean): void {
    const key = TOPICS[topic];
    if (key) this.count(key, Number(text));
    const [, id = '', ...verb] = topic.split('/');
    if (verb.join('/') === 'status') this.online[text === 'online' ? 'add' : 'delete'](id);
    if (verb.join('/') === 'update/status' && !isOld) this.note(id, text);
    this.look();
  }

  private count(key: keyof Counts, value: number): void {
    // A broker that has started anew counts from nothing.
    if (value < this.now[key]) this.before[key] += this.now[key];
    this.now[key] = value;
    if (key !== 'packetsOut') return;
    const { packetsIn, packetsOut } = this.counts;
    if (this.last) this.busiest = Math.max(this.busiest, packetsIn + packetsOut - this.last);
    this.last = packetsIn + packetsOut;
  }

  private note(id: string, text: string): void {
    const report = readReport(text);
    if (!report) return;
    const { state, reason, want } = report;
    const what = want === undefined ? state : 'asked for a chunk again';
    const line = reason ? `${what}: ${reason}` : what;
    this.said.set(line, (this.said.get(line) ?? 0) + 1);
    if (state !== 'refused') this.begun.add(id);
  }
}
