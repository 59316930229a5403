import { createHash, createHmac } from 'node:crypto';
import type { MqttClient } from 'mqtt';
import { connectClient } from './mqtt-client.ts';

/** What an imitation is, and how it behaves. */
export interface Manner {
  readonly id: string;
  readonly board?: string;
  readonly version?: string;
  readonly groups?: readonly string[];
  readonly key?: string;
  /** What becomes of a new image, or why it never comes to that. */
  readonly fate?: 'confirmed' | 'rolled back' | 'failed' | 'mute' | 'stuck';
  /** Chunks that do not reach it the first time. */
  readonly loses?: readonly number[];
  /** Refuses the first manifest for now, and takes it up again by itself. */
  readonly unproven?: boolean;
  /** How long it waits for a chunk before it asks, ms, and how long it is on trial. */
  readonly wantMs?: number;
  readonly trialMs?: number;
}

interface Line {
  serial: number;
  to: string;
  do: string;
  image: string;
  board: string;
  version: string;
  size: number;
  chunk: number;
  force?: number;
  salt?: string;
}

type Fields = Record<string, unknown>;

/**
 * A device that takes updates as docs/updates.md has it, in plain TypeScript and with Node's own hashes: nothing is
 * shared with the firmware or with `bell`, so that it can tell when one of them is wrong.
 */
export class ImitationUpdatee {
  /** What it has reported. */
  readonly reports: Fields[] = [];
  /** The whole image that it took last. */
  image = Buffer.alloc(0);
  version: string;
  key: string;
  newest = 0;
  private before = '0.0.1';
  private readonly lost = new Set<number>();
  private hasProved = false;
  private isGone = false;
  private current = '';
  private last: Fields = {};
  private told: () => void = () => undefined;
  private take: (payload: Buffer) => void = () => undefined;

  private constructor(private readonly client: MqttClient, private readonly prefix: string, readonly manner: Manner) {
    this.version = manner.version ?? '1.0.0';
    this.key = manner.key ?? '';
  }

  /** Connects one and has it listen. */
  static async start(url: string, manner: Manner, prefix = 'bell'): Promise<ImitationUpdatee> {
    const client = await connectClient(url, { reconnectPeriod: 100 });
    client.on('error', () => undefined);
    const updatee = new ImitationUpdatee(client, prefix, manner);
    await updatee.listen();
    return updatee;
  }

  stop(): void {
    this.isGone = true;
    this.client.end(true);
  }

  /** The states that it has reported, each once in a row. */
  get states(): unknown[] {
    return this.reports.map(({ state }) => state).filter((state, i, all) => state !== all[i - 1]);
  }

  /** Waits until it has reported this. */
  async reported(state: string): Promise<void> {
    while (!this.states.includes(state)) await new Promise<void>((done) => { this.told = done; });
  }

  private topic(leaf: string): string {
    return `${this.prefix}/${this.manner.id}/${leaf}`;
  }

  private async listen(): Promise<void> {
    const { id, groups = [] } = this.manner;
    this.client.on('message', (topic, payload) => {
      if (topic.endsWith('/who')) this.tell();
      else if (topic === this.topic('update')) void this.judge(payload);
      else if (topic.startsWith(`${this.prefix}/image/`)) this.take(payload);
    });
    this.tell();
    await this.client.subscribeAsync([id, ...groups, 'all'].map((name) => `${this.prefix}/${name}/who`), { qos: 1 });
    await this.client.subscribeAsync(this.topic('update'), { qos: 1 });
  }

  private tell(): void {
    const { id, board = 'd1-mini', groups = [], fate } = this.manner;
    if (fate === 'mute' && this.newest) return;
    const info = { version: this.version, board, names: [id, ...groups, 'all'] };
    this.publish('info', info);
  }

  private report(fields: Fields): void {
    this.last = { ...fields, runs: this.version };
    this.reports.push(this.last);
    this.told();
    if (this.manner.fate === 'mute' || this.isGone) return;
    this.publish('update/status', this.last);
  }

  private publish(leaf: string, fields: object): void {
    this.client.publish(this.topic(leaf), JSON.stringify(fields), { qos: 1, retain: true }, () => undefined);
  }

  private digest(bytes: Buffer): Buffer {
    return createHash(this.manner.board === 'esp32-devkit' ? 'sha256' : 'sha1').update(bytes).digest();
  }

  private hmac(message: Buffer | string): Buffer {
    return createHmac(this.manner.board === 'esp32-devkit' ? 'sha256' : 'sha1', this.key).update(message).digest();
  }

  private async judge(payload: Buffer): Promise<void> {
    if (!payload.length) return;
    const length = this.digest(Buffer.alloc(0)).length;
    const mac = payload.subarray(0, length);
    const signed = payload.subarray(length);
    if (!this.key) return this.report({ state: 'refused', reason: 'this device has no key' });
    if (!this.hmac(signed).equals(mac)) return this.report({ state: 'refused', reason: 'wrong key' });
    const end = signed.indexOf('\n');
    const line = JSON.parse(signed.toString('latin1', 0, end)) as Line;
    const list = signed.subarray(end + 1);
    const refuse = (reason: string) => this.report({ state: 'refused', reason, serial: line.serial });
    if (end > 320) return refuse('malformed');
    if (line.to !== this.manner.id) return refuse('for another device');
    if (line.serial < this.newest) return refuse('replayed');
    if (line.serial === this.newest) return this.report(this.last);
    if (this.manner.unproven && !this.hasProved) {
      refuse('the running image is not confirmed yet');
      this.hasProved = true;
      await after(100);
    }
    if (line.do === 'back') return this.back(line);
    if (line.do === 'key') return this.changeKey(line);
    await this.run(line, list, refuse);
  }

  private back({ serial }: Line): void {
    this.newest = serial;
    this.report({ state: 'trial', serial, version: this.version });
    [this.version, this.before] = [this.before, this.version];
    this.report({ state: 'confirmed', serial, version: this.version });
  }

  private changeKey({ serial, salt }: Line): void {
    this.newest = serial;
    const next = [`mqtt-bell key ${salt}`, `mqtt-bell key 2 ${salt}`].map((text) => this.hmac(text).toString('hex'));
    this.key = next.join('').slice(0, 64);
    this.report({ state: 'key changed', serial });
  }

  private async run(line: Line, list: Buffer, refuse: (reason: string) => void): Promise<void> {
    const { board = 'd1-mini', fate = 'confirmed', trialMs = 50 } = this.manner;
    const { serial, version } = line;
    const count = Math.ceil(line.size / line.chunk);
    if (line.board !== board) return refuse('for another board');
    if (list.length !== count * 12 || 4096 % line.chunk || line.chunk % 4) return refuse('too large');
    if (!line.force && !isAbove(version, this.version)) return refuse('not newer');
    this.newest = serial;
    if (!(await this.fetch(line, list, count))) return;
    const { image } = line;
    // Not only each chunk: the whole has to be what the host has named.
    const name = createHash('sha256').update(this.image).digest('hex').slice(0, 16);
    if (name !== image || fate === 'failed') {
      return this.report({ state: 'failed', serial, version, reason: 'the image is damaged' });
    }
    this.report({ state: 'trial', serial, version });
    await after(trialMs);
    if (this.isGone || this.newest !== serial || fate === 'stuck') return;
    if (fate === 'rolled back') {
      return this.report({ state: 'rolled back', serial, version, reason: 'slot b crashed or hung' });
    }
    [this.before, this.version, this.current] = [this.version, version, image];
    this.report({ state: 'confirmed', serial, version });
  }

  /** The first chunk comes last; false when another manifest came meanwhile. */
  private async fetch({ serial, version, image, chunk, size }: Line, list: Buffer, count: number): Promise<boolean> {
    const pieces: Buffer[] = [];
    const order = [...Array.from({ length: count - 1 }, (_, i) => i + 1), 0];
    for (const [have, n] of order.entries()) {
      const of = count;
      if (have % 8 === 0) this.report({ state: 'receiving', serial, version, have, of });
      const hash = list.subarray(n * 12, n * 12 + 12);
      const isRight = (piece: Buffer) => this.digest(piece).subarray(0, 12).equals(hash);
      const piece = await this.one(`${this.prefix}/image/${image}/${n}`, n, isRight, () => {
        this.report({ state: 'receiving', serial, version, have, of, want: n });
      });
      if (this.newest !== serial) return false;
      const expected = n === count - 1 ? size - n * chunk : chunk;
      if (piece.length !== expected) throw new Error(`chunk ${n} has ${piece.length} bytes`);
      pieces[n] = piece;
    }
    this.image = Buffer.concat(pieces);
    return true;
  }

  /** Waits for one chunk, and asks for it when it does not come. */
  private async one(topic: string, n: number, isRight: (piece: Buffer) => boolean, ask: () => void): Promise<Buffer> {
    const { loses = [], wantMs = 60 } = this.manner;
    let timer: NodeJS.Timeout | undefined;
    const wait = (ms: number): void => {
      timer = setTimeout(() => {
        if (this.isGone) return;
        ask();
        wait(ms * 3);
      }, ms);
    };
    const piece = new Promise<Buffer>((done) => {
      this.take = (payload) => {
        if (!isRight(payload)) return;
        if (loses.includes(n) && !this.lost.has(n)) this.lost.add(n);
        else done(payload);
      };
    });
    wait(wantMs);
    // What a lost connection interrupts is made good when it is back.
    await this.client.subscribeAsync(topic, { qos: 0 }).catch(() => undefined);
    const found = await piece;
    clearTimeout(timer);
    await this.client.unsubscribeAsync(topic).catch(() => undefined);
    return found;
  }
}

function isAbove(version: string, than: string): boolean {
  const number = (text: string) => text.split('.').reduce((sum, part) => sum * 1000 + Number(part), 0);
  return number(version) > number(than);
}

function after(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms).unref());
}
