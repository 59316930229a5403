import assert from 'node:assert/strict';
import type { MqttClient } from 'mqtt';
import type { Waiting } from './waiting.ts';

/** A change of the relay: 1 on, 0 off. */
export interface RelayEdge {
  readonly on: 0 | 1;
  readonly ms: number;
}

/** The hardware of a bell, whatever it is made of. */
export interface Hardware {
  plug(): void;
  /** The power is cut: nobody is told. */
  unplug(): Promise<void>;
  /** Edges of the relay so far. */
  readonly relay: readonly RelayEdge[];
  /** Whether the times of edges are those of the pin. Otherwise they may be late, as the machine is. */
  readonly isExact: boolean;
  /** Ends what the test has started. */
  dispose(): Promise<void>;
}

/** What a bell has published. */
export interface Said {
  readonly verb: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** An entry of `rang`. */
export interface Rang {
  readonly outcome: string;
  readonly id?: string;
  readonly ms: number;
  readonly reason?: string;
}

/** A bell as the people around it know it: its plug, its sound, and an MQTT client. */
export class Bell {
  readonly said: Said[] = [];
  /** What no test has waited for yet. */
  private unread: Said[] = [];

  constructor(
    readonly hardware: Hardware,
    readonly client: MqttClient,
    readonly prefix: string,
    readonly id: string,
    private readonly waiting: Waiting,
  ) {
    client.on('message', (topic, payload, { retain }) => {
      const [, name, verb] = topic.split('/');
      const said = { verb: verb!, payload: payload.toString('latin1'), retain };
      if (name === id) this.said.push(said);
      if (name === id && !retain) this.unread.push(said);
      waiting.look();
    });
  }

  /** Follows all that the bell says from now. */
  async watch(): Promise<this> {
    await this.client.subscribeAsync(`${this.prefix}/${this.id}/+`, { qos: 2 });
    return this;
  }

  /** Plugs it in and waits until it listens. */
  async start(): Promise<this> {
    this.hardware.plug();
    return this.online();
  }

  /** Waits until it says that it listens, once more than before, and has told about itself. */
  async online(): Promise<this> {
    await this.hears('status', 'online');
    await this.hears('info');
    return this;
  }

  /** Sends a message to it, or to a name that it has; resolves when the broker has it. */
  async send(verb: string, payload = '', { name = this.id, qos = 1 as 0 | 1 | 2, retain = false } = {}): Promise<void> {
    await this.client.publishAsync(`${this.prefix}/${name}/${verb}`, payload, { qos, retain });
  }

  /** Asks for a ring; gives what became of it. */
  async ring(payload = '', how: Parameters<Bell['send']>[2] = {}): Promise<Rang> {
    await this.send('ring', payload, how);
    return this.outcome();
  }

  /** Waits for the outcome of a ring. */
  async outcome(): Promise<Rang> {
    return JSON.parse(await this.hears('rang')) as Rang;
  }

  /** Waits for the outcome of the ring with this id. */
  async outcomeOf(id: string): Promise<string> {
    for (let rang = await this.outcome(); ; rang = await this.outcome()) if (rang.id === id) return rang.outcome;
  }

  /** Waits for the next message with this verb, and this payload if one is given; gives its payload. */
  async hears(verb: string, payload?: string): Promise<string> {
    let found: Said | undefined;
    await this.waiting.until(`${verb} ${payload ?? ''}`, () => {
      found = this.unread.find((said) => said.verb === verb && (payload === undefined || said.payload === payload));
      return found !== undefined;
    });
    const place = this.unread.indexOf(found!);
    this.unread = this.unread.filter((said, i) => said.verb !== verb || i > place);
    return found!.payload;
  }

  /** What the broker keeps for whoever comes later. */
  async kept(verb: string): Promise<string> {
    const before = this.said.length;
    const found = () => this.said.slice(before).find((said) => said.retain && said.verb === verb);
    await this.client.subscribeAsync(`${this.prefix}/${this.id}/${verb}`, { qos: 1 });
    await this.waiting.until(`a retained ${verb}`, () => found() !== undefined);
    await this.client.unsubscribeAsync(`${this.prefix}/${this.id}/${verb}`);
    return found()!.payload;
  }

  /** Forgets what it has said so far. */
  forget(): void {
    this.unread = [];
  }

  /** All outcomes so far, as `id outcome`, in order. */
  outcomes(): string[] {
    const rang = this.said.filter(({ verb, retain }) => verb === 'rang' && !retain);
    return rang.map(({ payload }) => JSON.parse(payload) as Rang).map(({ id, outcome }) => `${id ?? ''} ${outcome}`);
  }

  /** Changes its settings; gives what it then tells about itself. */
  async set(patch: unknown): Promise<Record<string, unknown>> {
    await this.send('set', JSON.stringify(patch));
    return JSON.parse(await this.hears('info')) as Record<string, unknown>;
  }

  /** What it tells about itself when it is asked. */
  async info(): Promise<Record<string, unknown>> {
    await this.send('who', '', { qos: 0 });
    return JSON.parse(await this.hears('info')) as Record<string, unknown>;
  }

  /** Asserts that the relay was on just so often and so long, ms, after the first `since` times. */
  sounded(wanted: readonly number[], since = 0): void {
    const strokes = this.strokes().slice(since);
    const counted = this.hardware.isExact ? strokes : strokes.map((ms, i) => Math.min(ms, wanted[i] ?? ms));
    assert.deepEqual(counted, wanted);
  }

  /** How long the relay was on each time, ms; it must be off now. */
  strokes(): number[] {
    const { relay } = this.hardware;
    const levels = relay.map(({ on }) => on).join('');
    if (!/^(10)*$/.test(levels)) throw new Error(`the relay moved in a strange way: ${levels}`);
    return relay.flatMap(({ on, ms }, i) => (on ? [Math.round(relay[i + 1]!.ms - ms)] : []));
  }
}
