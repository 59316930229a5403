import assert from 'node:assert/strict';
import { encodeConnect } from '../../firmware/core/mqtt/packet.ts';
import type { Hello } from '../../firmware/core/mqtt/packet.ts';
import { createSession } from '../../firmware/core/mqtt/session.ts';
import type { Session } from '../../firmware/core/mqtt/owner.ts';
import { connack, decode, line } from './packets.ts';
import { PipeLink } from './pipe-link.ts';

/** What a test may choose. Everything has a default that most tests keep. */
export interface BenchOptions {
  keepAlive?: number;
  maxPacket?: number;
  maxQueue?: number;
  clean?: 0 | 1;
  hello?: Partial<Hello>;
}

/**
 * One session, its owner and a broker without a will of its own: it says what the test says, and shows what it hears.
 * Nothing happens by itself, no time passes but by `seconds`.
 */
export class Bench {
  readonly session: Session;
  /** What the owner was told, one line each: `online`, `offline: reason`, `message topic=payload`. */
  readonly told: string[] = [];
  /** Runs inside the owner's `message`, for the tests that care when it is called. */
  onMessage: (topic: string) => void = () => {};
  /** Runs when the owner hears that the session is online, before anything that waited is sent. */
  onOnline: (age: number) => void = () => {};
  /** How often the owner has dialled. */
  dials = 0;
  /** For how many seconds everything stands still when it dials, and has stood still so far. */
  blocks = 0;
  stood = 0;
  /** What the owner heard of that when the session was lost. */
  lostAfter = 0;
  /** Makes the next dialling throw. */
  refuseToDial = '';
  /** Bytes a chunk on the links to come. */
  pieces = Infinity;

  private pipe: PipeLink | undefined;
  private heard = '';

  constructor(options: BenchOptions = {}) {
    const { keepAlive = 60, maxPacket = 512, maxQueue = 4096, clean = 0 } = options;
    const hello = { clientId: 'front', clean, keepAlive, ...options.hello };
    this.session = createSession(
      {
        clean,
        hello: () => encodeConnect(hello),
        dial: () => this.dial(),
        now: () => this.stood,
        changed: (online, reason, present, age) => {
          this.told.push(online ? `online${present ? ', session present' : ''}` : `offline: ${reason}`);
          if (online) this.onOnline(age);
          else this.lostAfter = age;
        },
        message: (topic, payload, qos, retain, dup) => {
          const flags = [qos ? `qos${qos}` : '', retain ? 'retain' : '', dup ? 'dup' : ''].filter(Boolean);
          this.told.push([`message ${topic}=${payload}`, ...flags].join(' '));
          this.onMessage(topic);
        },
        settled: (type, id, grants) => this.told.push(`settled ${type} #${id}${grantList(grants)}`),
        skipped: () => this.told.push('skipped'),
      },
      keepAlive,
      maxPacket,
      maxQueue,
    );
  }

  /** The link of the moment. */
  get link(): PipeLink {
    assert.ok(this.pipe, 'nothing was dialled');
    return this.pipe;
  }

  /** What the client has sent since the last question, one line a packet. */
  heardLines(): string[] {
    const lines = decode(this.heard).map(line);
    this.heard = '';
    return lines;
  }

  /** The same as bytes. */
  heardBytes(): string {
    const bytes = this.heard;
    this.heard = '';
    return bytes;
  }

  /** What the owner was told since the last question. */
  toldLines(): string[] {
    return this.told.splice(0);
  }

  /** The broker sends these packets, in one piece. */
  send(...packets: string[]): void {
    this.link.deliver(packets.join(''));
  }

  /** Dials and opens the link; CONNECT has been sent. */
  greet(): this {
    this.session.open();
    this.link.open();
    return this;
  }

  /** Comes online, and forgets all that was said until then. */
  online(sessionPresent = false): this {
    this.greet().send(connack(0, sessionPresent));
    this.heard = '';
    this.told.length = 0;
    return this;
  }

  /** The link is lost and the client comes back; gives the packets that it sends on its own after CONNACK. */
  reconnect(sessionPresent: boolean): string[] {
    if (this.session.state()) this.link.lose();
    this.greet();
    this.heard = '';
    this.send(connack(0, sessionPresent));
    return this.heardLines();
  }

  /** Time passes. */
  seconds(count: number): void {
    for (let i = 0; i < count; i++) this.session.tick();
  }

  /** Asserts that the session closed the link, for this reason. */
  assertClosed(reason: string): void {
    assert.deepEqual(this.toldLines().at(-1), `offline: ${reason}`);
    assert.equal(this.session.state(), 0);
    assert.ok(this.link.ended, 'the link was left open');
  }

  private dial(): PipeLink {
    this.dials++;
    this.stood += this.blocks;
    if (this.refuseToDial) throw new Error(this.refuseToDial);
    const pipe = new PipeLink(this.session);
    pipe.pieces = this.pieces;
    pipe.onWrite = (bytes) => {
      this.heard += bytes;
    };
    this.heard = '';
    this.pipe = pipe;
    return pipe;
  }
}

/** A bench whose session is online. */
export function online(options: BenchOptions = {}): Bench {
  return new Bench(options).online();
}

function grantList(grants: string): string {
  return Array.from(grants, (grant) => ' ' + grant.charCodeAt(0)).join('');
}
