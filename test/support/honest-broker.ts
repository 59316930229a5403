import mqttPacket from 'mqtt-packet';
import type { Packet } from 'mqtt-packet';
import { connack, puback, pubcomp, publish, pubrec, pubrel } from './packets.ts';
import { Bench } from './scripted-broker.ts';

/** A message on its way to the client, and how far it has come. */
interface Outgoing {
  id: number;
  qos: 1 | 2;
  text: string;
  released: boolean;
}

/**
 * A broker that follows the standard to the letter and never forgets a session, on a link that can be cut at any byte.
 * Bytes wait on the link, each way, until the test lets some through.
 */
export class HonestBroker {
  /** Messages that the client has published, as they were taken over: `m3 qos2`. */
  readonly delivered: string[] = [];

  private readonly bench = new Bench({ keepAlive: 0, maxQueue: 100_000 });
  private readonly unreleased = new Set<number>();
  private outgoing: Outgoing[] = [];
  private messages = 0;
  private known = false;
  private greeted = false;
  private up = '';
  private down = '';
  private parser = mqttPacket.parser();

  constructor() {
    this.connect();
  }

  /** The client publishes a message; gives it as it should appear in `delivered`. */
  publishes(qos: number): string {
    const text = `m${++this.messages} qos${qos}`;
    this.bench.session.publish('t', text, qos, 0);
    return text;
  }

  /** The broker sends the client a message, as soon as it is there. */
  forwards(qos: number): string {
    const entry = { id: ++this.messages, qos: qos as 1 | 2, text: `m${this.messages} qos${qos}`, released: false };
    this.outgoing.push(entry);
    if (this.greeted) this.sendOut(entry, false);
    return entry.text;
  }

  /** Lets so many bytes of the client through. */
  hears(count: number): void {
    const bytes = this.up.slice(0, count);
    this.up = this.up.slice(count);
    this.parser.parse(Buffer.from(bytes, 'latin1'));
  }

  /** Lets so many bytes to the client through. */
  speaks(count: number): void {
    const bytes = this.down.slice(0, count);
    this.down = this.down.slice(count);
    this.bench.send(bytes);
  }

  /** The link breaks, with all that is on it, and the client dials again. */
  cut(): void {
    this.bench.link.lose();
    this.connect();
  }

  /** The link stays whole until nobody has anything to say. */
  settles(): void {
    while (this.up || this.down) {
      this.hears(this.up.length);
      this.speaks(this.down.length);
    }
  }

  /** The messages that the client has handed to its owner. */
  messagesToClient(): string[] {
    const lines = this.bench.told.filter((each) => each.startsWith('message'));
    return lines.map((each) => /=(m\d+ qos\d)/.exec(each)?.[1] ?? each);
  }

  private connect(): void {
    this.up = this.down = '';
    this.greeted = false;
    this.parser = mqttPacket.parser();
    this.parser.on('packet', (packet) => this.takes(packet));
    this.bench.session.open();
    this.bench.link.onWrite = (bytes) => {
      this.up += bytes;
    };
    this.bench.link.open();
  }

  private takes(packet: Packet): void {
    const id = packet.messageId ?? 0;
    if (packet.cmd === 'connect') this.welcomes();
    if (packet.cmd === 'publish') {
      if (!this.unreleased.has(id)) this.delivered.push(packet.payload.toString());
      if (packet.qos === 2) this.unreleased.add(id);
      this.down += packet.qos === 2 ? pubrec(id) : puback(id);
    }
    if (packet.cmd === 'pubrel') {
      this.unreleased.delete(id);
      this.down += pubcomp(id);
    }
    if (packet.cmd === 'pubrec') {
      this.outgoing.forEach((entry) => {
        if (entry.id === id) entry.released = true;
      });
      this.down += pubrel(id);
    }
    if (packet.cmd === 'puback' || packet.cmd === 'pubcomp') {
      this.outgoing = this.outgoing.filter((entry) => entry.id !== id);
    }
  }

  private welcomes(): void {
    this.greeted = true;
    this.down += connack(0, this.known);
    this.outgoing.forEach((entry) => this.sendOut(entry, this.known));
    this.known = true;
  }

  private sendOut(entry: Outgoing, dup: boolean): void {
    const { id, qos, text, released } = entry;
    this.down += released ? pubrel(id) : publish('t', text, { qos, id, dup });
  }
}
