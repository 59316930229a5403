import assert from 'node:assert/strict';
import mqttPacket from 'mqtt-packet';
import type { IConnectPacket, IPublishPacket, Packet, Parser } from 'mqtt-packet';
import type { Settings } from '../../firmware/core/config.ts';
import { createDevice } from '../../firmware/core/device.ts';
import type { Device, Parts } from '../../firmware/core/parts.ts';
import { applyPatch } from '../../firmware/core/settings/patch.ts';
import { withoutSecrets } from '../../firmware/core/settings/public.ts';
import { crc } from './crc.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeOutput } from './fake-output.ts';
import { connack, line, pingresp, puback, pubcomp, publish, pubrec, pubrel, suback, unsuback } from './packets.ts';
import type { PublishFlags } from './packets.ts';
import { PipeLink } from './pipe-link.ts';
import { limits, settings } from './settings.ts';

/** What a test may choose besides the settings. */
export interface DeviceOptions {
  trial?: 0 | 1;
  maxQueue?: number;
  maxStroke?: number;
  /** Settings as they are stored, in place of `json`. */
  stored?: string;
}

/** A broker with the manners that a test gives it. */
interface Manners {
  /** Whether a link can be opened at all. */
  reachable: boolean;
  /** CONNACK's code, and whether the session was kept. */
  code: number;
  present: boolean;
  /** What it grants for a filter; undefined for no SUBACK at all. */
  grant: (topic: string, qos: number) => number | undefined;
  /** Whether it acknowledges messages, and whether it says nothing at all. */
  acknowledges: boolean;
  silent: boolean;
}

/**
 * One device among doubles: a relay that remembers, settings in memory, and a broker that does as it is told.
 * Time passes only by `seconds`, which hands the device its tick each second.
 */
export class DeviceBench {
  readonly clock = new FakeClock();
  readonly relay = new FakeOutput(this.clock);
  readonly broker: Manners = {
    reachable: true, code: 0, present: false, grant: (_, qos) => qos, acknowledges: true, silent: false,
  };
  /** All packets that the device has sent, one line each, since `forget`. */
  readonly sent: string[] = [];
  /** All messages that it has published. */
  readonly published: IPublishPacket[] = [];
  /** Every CONNECT that it has sent. */
  readonly connects: IConnectPacket[] = [];
  /** Seconds at which it has dialled. */
  readonly dials: number[] = [];
  readonly blinks: number[] = [];
  readonly askedTime: string[] = [];
  /** Times of what happened rarely, s. */
  readonly healthyAt: number[] = [];
  /** Whether the interpreter says that it ran out of memory. */
  broken = false;

  readonly restartedAt: number[] = [];
  /** What the loader does when it is asked about updates. */
  review: Parts['review'] = () => undefined;
  /** Unix time of the device's clock, 0 while it is not set. */
  unix = 0;
  /** The settings as they are stored, as JSON. */
  stored: string;
  /** Whether the relay was on at some time while settings were stored. */
  storedWhileOn = false;
  readonly device: Device;

  private link: PipeLink | undefined;
  private parser: Parser = mqttPacket.parser();
  private lastId = 0;
  /** What the broker has to say, once the device has finished speaking. */
  private readonly answers: string[] = [];

  constructor(json = '{}', options: DeviceOptions = {}) {
    const { mqtt, ...rest } = settings(json);
    this.stored = options.stored ?? JSON.stringify({ ...rest, id: 'front', mqtt: { ...mqtt, host: 'broker' } });
    this.device = createDevice(this.parts(options));
  }

  /** The settings as they are stored. */
  get settings(): Settings {
    return JSON.parse(this.stored) as Settings;
  }

  /** Gives the device a network, lets it come online and greet, and forgets what was said until then. It is 2 s. */
  online(): this {
    this.device.network(1, '192.168.1.50');
    this.seconds(2);
    assert.ok(this.link && !this.link.ended, 'the device is not connected');
    this.forget();
    return this;
  }

  /** The same with a session that the broker has kept, after it is clear that nothing waited there. */
  resumed(): this {
    this.broker.present = true;
    this.online().seconds(4);
    return this;
  }

  /** Time passes, with a tick at the end of each second. */
  seconds(count: number): this {
    for (let i = 0; i < count; i++) {
      this.clock.advance(1000 - (this.clock.now % 1000));
      this.device.tick();
      this.clock.advance(0);
      this.open();
      this.settle();
    }
    return this;
  }

  /** Time passes without a tick. */
  wait(ms: number): void {
    this.clock.advance(ms);
    this.settle();
  }

  /** Somebody presses the device's button. */
  press(): void {
    this.device.pressed();
    this.settle();
  }

  /** The broker hands the device a message of QoS 1. Gives its packet identifier. */
  send(topic: string, payload = '', flags: PublishFlags = {}): number {
    const qos = flags.qos ?? 1;
    const id = flags.id ?? (this.lastId = (this.lastId % 65_535) + 1);
    assert.ok(this.link, 'there is no link');
    this.link.deliver(publish(topic, payload, qos ? { ...flags, qos, id } : { ...flags, qos }));
    if (qos === 2) this.link.deliver(pubrel(id));
    this.settle();
    return id;
  }

  /** The broker hands the device a ring. */
  ring(payload = '', flags: PublishFlags = {}): number {
    return this.send('bell/front/ring', payload, flags);
  }

  /** Outcomes since the last question, with the reason behind a colon and the id behind a number sign. */
  outcomes(): string[] {
    const found = this.messages('rang').map((text) => JSON.parse(text) as Record<string, string>);
    this.forget();
    return found.map(({ outcome, id, reason }) => outcome + (id ? ` #${id}` : '') + (reason ? `: ${reason}` : ''));
  }

  /** Payloads that were published to `bell/front/<verb>` since `forget`. */
  messages(verb: string): string[] {
    const found = this.published.filter(({ topic }) => topic === 'bell/front/' + verb);
    return found.map(({ payload }) => payload.toString());
  }

  /** The last payload to `bell/front/<verb>`, parsed. */
  last(verb: string): Record<string, unknown> {
    const text = this.messages(verb).at(-1);
    assert.ok(text !== undefined, `nothing was published to ${verb}`);
    return JSON.parse(text) as Record<string, unknown>;
  }

  forget(): void {
    this.sent.length = this.published.length = 0;
  }

  /** The link breaks. */
  lose(): void {
    this.link?.lose();
  }

  /** The link breaks, and the broker cannot be reached for so many seconds; then the device comes back. */
  outage(seconds: number): void {
    this.broker.reachable = false;
    this.lose();
    this.seconds(seconds - 1);
    this.broker.reachable = true;
    // Coming back may take as long as the wait between two attempts: the network is new.
    this.device.network(1, '192.168.1.50');
    this.seconds(1);
  }

  private parts({ trial = 0, maxQueue = 2048, maxStroke = 1500 }: DeviceOptions): Parts {
    return {
      relay: this.relay,
      clock: this.clock,
      load: () => this.settings,
      complaint: '',
      isBroken: () => this.broken,
      show: () => JSON.stringify(withoutSecrets(this.settings)),
      patch: (text) => this.patch(text),
      dial: (_settings, opened, received, closed) => this.dial({ opened, received, closed }),
      crc,
      now: () => this.unix && this.unix + Math.floor(this.clock.now / 1000),
      blink: (times) => this.blinks.push(times),
      askTime: (server) => this.askedTime.push(server),
      facts: () => ({ version: '1.0.0', board: 'bench' }),
      figures: () => ({ free: 1000 }),
      healthy: () => this.healthyAt.push(this.clock.now / 1000),
      restart: () => this.restartedAt.push(this.clock.now / 1000),
      review: (asked) => this.review(asked),
      rekey: () => '',
      maxPacket: 1024,
      maxQueue,
      maxStroke,
      trial,
    };
  }

  private patch(text: string): string {
    this.relay.catchUp();
    if (this.relay.level) this.storedWhileOn = true;
    const patched = applyPatch(this.settings, text, limits);
    if (typeof patched === 'string') return patched;
    this.stored = JSON.stringify(patched.settings);
    return '';
  }

  private dial(ears: ConstructorParameters<typeof PipeLink>[0]): PipeLink {
    this.dials.push(Math.floor(this.clock.now / 1000));
    const link = new PipeLink(ears);
    this.parser = mqttPacket.parser();
    this.parser.on('packet', (packet) => this.hear(packet));
    link.onWrite = (bytes) => this.parser.parse(Buffer.from(bytes, 'latin1'));
    this.answers.length = 0;
    this.link = link;
    return link;
  }

  /** The network answers what was dialled in this second. */
  private open(): void {
    if (this.dials.at(-1) !== this.clock.now / 1000 || this.link?.ended) return;
    if (this.broker.reachable) this.link?.open();
    else this.link?.lose('cannot connect: refused');
  }

  private hear(packet: Packet): void {
    this.sent.push(line(packet));
    if (packet.cmd === 'publish') this.published.push(packet);
    if (packet.cmd === 'connect') this.connects.push(packet);
    const answer = this.answer(packet);
    if (answer && !this.broker.silent) this.answers.push(answer);
  }

  /** The broker answers what it has heard, and what it hears in return. */
  private settle(): void {
    this.clock.advance(0);
    for (let answer = this.answers.shift(); answer; answer = this.answers.shift()) {
      this.link?.deliver(answer);
      this.clock.advance(0);
    }
  }

  private answer(packet: Packet): string {
    const id = packet.messageId ?? 0;
    const { broker } = this;
    switch (packet.cmd) {
      case 'connect': return connack(broker.code, broker.present && !broker.code);
      case 'subscribe': {
        const grants = packet.subscriptions.map(({ topic, qos }) => broker.grant(topic, qos));
        return grants.includes(undefined) ? '' : suback(id, ...(grants as number[]));
      }
      case 'unsubscribe': return unsuback(id);
      case 'pingreq': return pingresp();
      case 'publish': return !broker.acknowledges || !packet.qos ? '' : packet.qos === 1 ? puback(id) : pubrec(id);
      case 'pubrel': return pubcomp(id);
      default: return '';
    }
  }
}
