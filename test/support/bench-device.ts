import assert from 'node:assert/strict';
import type { Settings } from '../../firmware/core/config.ts';
import { createDevice } from '../../firmware/core/device.ts';
import type { Device, Parts } from '../../firmware/core/parts.ts';
import type { Part } from '../../firmware/core/settings/part.ts';
import { withoutSecrets } from '../../firmware/core/settings/public.ts';
import { BenchBroker } from './bench-broker.ts';
import { crc } from './crc.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeOutput } from './fake-output.ts';
import { publish, pubrel } from './packets.ts';
import type { PublishFlags } from './packets.ts';
import { change, settings } from './settings.ts';

/** What a test may choose besides the settings. */
export interface DeviceOptions {
  trial?: 0 | 1;
  warm?: 0 | 1;
  maxQueue?: number;
  maxStroke?: number;
  /** Settings as they are stored, in place of `json`. */
  stored?: string;
}

/**
 * One device among doubles: a relay that remembers, settings in memory, and a broker that does as it is told.
 * Time passes only by `seconds`, which hands the device its tick each second.
 */
export class DeviceBench {
  readonly clock = new FakeClock();
  readonly relay = new FakeOutput(this.clock);
  readonly broker = new BenchBroker(this.clock);
  readonly sent = this.broker.sent;
  readonly published = this.broker.published;
  readonly connects = this.broker.connects;
  readonly dials = this.broker.dials;
  readonly blinks: number[] = [];
  readonly askedTime: string[] = [];
  /** Times of what happened rarely, s. */
  readonly healthyAt: number[] = [];
  /** Whether the interpreter says that it ran out of memory. */
  broken = false;

  readonly restartedAt: number[] = [];
  /** What the loader does when it is asked about updates. */
  ask: Parts['ask'] = () => undefined;
  /** Unix time of the device's clock, 0 while it is not set. */
  unix = 0;
  /** The settings as they are stored, as JSON. */
  stored: string;
  /** Whether the relay was on at some time while settings were stored. */
  storedWhileOn = false;
  readonly device: Device;

  private lastId = 0;

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
    assert.ok(this.broker.link && !this.broker.link.ended, 'the device is not connected');
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
      this.broker.open();
      this.broker.settle();
    }
    return this;
  }

  /** Time passes without a tick. */
  wait(ms: number): void {
    this.clock.advance(ms);
    this.broker.settle();
  }

  /** Somebody presses the device's button. */
  press(): void {
    this.device.pressed();
    this.broker.settle();
  }

  /** The broker hands the device a message of QoS 1. Gives its packet identifier. */
  send(topic: string, payload = '', flags: PublishFlags = {}): number {
    const qos = flags.qos ?? 1;
    const id = flags.id ?? (this.lastId = (this.lastId % 65_535) + 1);
    const { link } = this.broker;
    assert.ok(link, 'there is no link');
    link.deliver(publish(topic, payload, qos ? { ...flags, qos, id } : { ...flags, qos }));
    if (qos === 2) link.deliver(pubrel(id));
    this.broker.settle();
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
    this.broker.forget();
  }

  /** The link breaks. */
  lose(): void {
    this.broker.link?.lose();
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

  private parts({ trial = 0, warm = 0, maxQueue = 2048, maxStroke = 1500 }: DeviceOptions): Parts {
    return {
      relay: this.relay,
      warm,
      clock: this.clock,
      load: (part) => structuredClone(this.settings[part]),
      complaint: '',
      isBroken: () => this.broken,
      show: (part) => JSON.stringify(withoutSecrets(part, structuredClone(this.settings[part as Part]))),
      patch: (text) => this.patch(text),
      dial: (_mqtt, opened, received, closed) => this.broker.dial({ opened, received, closed }),
      crc,
      seconds: () => this.clock.now / 1000 + this.broker.stood,
      now: () => this.unix && this.unix + Math.floor(this.clock.now / 1000),
      blink: (times) => this.blinks.push(times),
      askTime: (server) => this.askedTime.push(server),
      facts: () => ({ version: '1.0.0', board: 'bench' }),
      figures: () => ({ free: 1000 }),
      healthy: () => this.healthyAt.push(this.clock.now / 1000),
      forget: () => undefined,
      restart: () => this.restartedAt.push(this.clock.now / 1000),
      ask: (asked) => this.ask(asked),
      key: () => '',
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
    const settings = this.settings;
    const reason = change(settings, text);
    if (!reason) this.stored = JSON.stringify(settings);
    return reason;
  }
}
