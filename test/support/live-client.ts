import type { Duplex } from 'node:stream';
import { encodeConnect, SUBSCRIBE, UNSUBSCRIBE } from '../../firmware/core/mqtt/packet.ts';
import type { Will } from '../../firmware/core/mqtt/packet.ts';
import { createSession } from '../../firmware/core/mqtt/session.ts';
import type { Session } from '../../firmware/core/mqtt/owner.ts';
import { TcpLink } from './tcp-link.ts';

/** What a test may choose for its client. */
export interface LiveOptions {
  clientId: string;
  clean?: 0 | 1;
  will?: Will;
  username?: string;
  password?: string;
  maxPacket?: number;
  /** Bytes a chunk; default 268, as on an ESP8266. */
  chunk?: number;
}

/** Things that come, and tests that wait for them. Whoever asks first gets first. */
class Inbox {
  private readonly items: string[] = [];
  private readonly waiting: ((item: string) => void)[] = [];

  put(item: string): void {
    const taker = this.waiting.shift();
    if (taker) taker(item);
    else this.items.push(item);
  }

  take(): Promise<string> {
    const item = this.items.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  get size(): number {
    return this.items.length;
  }
}

/** The session that the firmware runs, on a link to a real broker. Each wait ends with the test's own time-out. */
export class LiveClient {
  readonly session: Session;
  /** `topic=payload`, then ` retain` and ` dup` when they are set. */
  readonly messages = new Inbox();
  /** How many messages were over the limit. */
  skipped = 0;

  private readonly states = new Inbox();
  private readonly answers = new Inbox();
  private link: TcpLink | undefined;

  constructor(connect: () => Duplex, options: LiveOptions) {
    const { clean = 0, maxPacket = 1024, chunk = 268 } = options;
    this.session = createSession(
      {
        clean,
        hello: () => encodeConnect({ ...options, clean, keepAlive: 60 }),
        now: () => performance.now() / 1000,
        dial: () => (this.link = new TcpLink(connect(), this.session, chunk)),
        changed: (online, reason, present) => this.states.put(online ? `online ${present}` : reason),
        message: (topic, payload, _qos, retain, dup) =>
          this.messages.put(`${topic}=${payload}${retain ? ' retain' : ''}${dup ? ' dup' : ''}`),
        settled: (type, id, grants) => {
          this.answers.put(`${type} ${id} ${[...grants].map((grant) => grant.charCodeAt(0)).join(',')}`);
        },
        skipped: () => this.skipped++,
      },
      60,
      maxPacket,
      64 * 1024,
    );
  }

  /** Connects; gives `online 0`, `online 1` (session present), or the reason why not. */
  online(): Promise<string> {
    this.session.open();
    return this.states.take();
  }

  /** Waits until the link is lost; gives the reason. */
  offline(): Promise<string> {
    return this.states.take();
  }

  /** Subscribes; gives the grants. */
  async subscribe(...filters: (string | number)[]): Promise<number[]> {
    this.session.request(SUBSCRIBE, filters, filters.length / 2);
    const grants = (await this.answers.take()).split(' ')[2] ?? '';
    return grants.split(',').map(Number);
  }

  async unsubscribe(filter: string): Promise<void> {
    this.session.request(UNSUBSCRIBE, [filter], 1);
    await this.answers.take();
  }

  /** Publishes and, but for QoS 0, waits until the broker has the message. */
  async publish(topic: string, payload: string, qos: number, retain = 0): Promise<void> {
    if (this.session.publish(topic, payload, qos, retain) > 0) await this.answers.take();
  }

  /** Waits for the next answer of the broker: type of the packet, identifier, grants. */
  answer(): Promise<string> {
    return this.answers.take();
  }

  /** Ends the session properly. */
  async end(): Promise<void> {
    if (!this.session.state()) return;
    this.session.end();
    await this.states.take();
  }

  /** The network takes the link away. */
  async cut(): Promise<void> {
    this.link?.cut();
    this.session.closed('connection lost');
    await this.states.take();
  }
}
