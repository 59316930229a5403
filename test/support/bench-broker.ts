import mqttPacket from 'mqtt-packet';
import type { IConnectPacket, IPublishPacket, Packet, Parser } from 'mqtt-packet';
import type { FakeClock } from './fake-clock.ts';
import { connack, line, pingresp, puback, pubcomp, pubrec, suback, unsuback } from './packets.ts';
import { PipeLink } from './pipe-link.ts';

/** A broker with the manners that a test gives it, at the other end of each link that it hands out. */
export class BenchBroker {
  /** Whether a link can be opened at all. */
  reachable = true;
  /** CONNACK's code, and whether the session was kept. */
  code = 0;
  present = false;
  /** What it grants for a filter; undefined for no SUBACK at all. */
  grant: (topic: string, qos: number) => number | undefined = (_, qos) => qos;
  /** Whether it acknowledges messages, and whether it says nothing at all. */
  acknowledges = true;
  silent = false;
  /** All packets that it has heard, one line each, since `forget`. */
  readonly sent: string[] = [];
  /** All messages among them. */
  readonly published: IPublishPacket[] = [];
  /** Every CONNECT that it has heard. */
  readonly connects: IConnectPacket[] = [];
  /** For how many seconds a device stands still when it dials, as an ESP32 does, and has stood still so far. */
  blocks = 0;
  stood = 0;
  /** Seconds at which it was dialled. */
  readonly dials: number[] = [];
  /** The last link that it was dialled on. */
  link: PipeLink | undefined;

  private parser: Parser = mqttPacket.parser();
  /** What it has to say, once the device has finished speaking. */
  private readonly answers: string[] = [];

  constructor(private readonly clock: FakeClock) {}

  forget(): void {
    this.sent.length = this.published.length = 0;
  }

  dial(ears: ConstructorParameters<typeof PipeLink>[0]): PipeLink {
    this.dials.push(Math.floor(this.clock.now / 1000));
    this.stood += this.blocks;
    const link = new PipeLink(ears);
    this.parser = mqttPacket.parser();
    this.parser.on('packet', (packet) => this.hear(packet));
    link.onWrite = (bytes) => this.parser.parse(Buffer.from(bytes, 'latin1'));
    this.answers.length = 0;
    this.link = link;
    return link;
  }

  /** The network answers what was dialled in this second. */
  open(): void {
    if (this.dials.at(-1) !== this.clock.now / 1000 || this.link?.ended) return;
    if (this.reachable) this.link?.open();
    else this.link?.lose('cannot connect: refused');
  }

  /** It answers what it has heard, and what it hears in return. */
  settle(): void {
    this.clock.advance(0);
    for (let answer = this.answers.shift(); answer; answer = this.answers.shift()) {
      this.link?.deliver(answer);
      this.clock.advance(0);
    }
  }

  private hear(packet: Packet): void {
    this.sent.push(line(packet));
    if (packet.cmd === 'publish') this.published.push(packet);
    if (packet.cmd === 'connect') this.connects.push(packet);
    const answer = this.answer(packet);
    if (answer && !this.silent) this.answers.push(answer);
  }

  private answer(packet: Packet): string {
    const id = packet.messageId ?? 0;
    switch (packet.cmd) {
      case 'connect': return connack(this.code, this.present && !this.code);
      case 'subscribe': {
        const grants = packet.subscriptions.map(({ topic, qos }) => this.grant(topic, qos));
        return grants.includes(undefined) ? '' : suback(id, ...(grants as number[]));
      }
      case 'unsubscribe': return unsuback(id);
      case 'pingreq': return pingresp();
      case 'publish': return !this.acknowledges || !packet.qos ? '' : packet.qos === 1 ? puback(id) : pubrec(id);
      case 'pubrel': return pubcomp(id);
      default: return '';
    }
  }
}
