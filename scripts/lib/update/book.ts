import { readFileSync } from 'node:fs';
import { Failure } from '../failure.ts';
import type { Rollout } from './rollout.ts';
import { writeSafely } from './safe-file.ts';
import type { Skipped } from './words.ts';

/** Where a roll-out is remembered, in the current directory. */
export const ROLLOUT_FILE = 'bell.rollout.json';

/** Chunks that lie on a broker. */
export interface Published {
  /** Address and prefix: the same image may lie on several brokers. */
  readonly place: string;
  readonly chunks: number;
  /** Devices whose manifest names the image. Nobody needs it when there are none. */
  devices: string[];
}

/** What the file holds. */
interface Content {
  readonly format: 1;
  /** The highest serial that was ever given away. */
  serial: number;
  /** The program that is at work on it. */
  pid?: number;
  rollout?: Rollout;
  skipped: Skipped[];
  /** The images of the roll-out by board, Base64: a build may come out differently tomorrow. */
  images: Record<string, string>;
  /** By name of the image. */
  published: Record<string, Published>;
}

/** Time between two writes of a file that changes all the time, ms. */
const RARELY = 500;

/** The memory of roll-outs: a file that is always whole. */
export class Book {
  private dirtySince = 0;

  private constructor(private readonly path: string, private readonly content: Content) {}

  /** Opens the file, or begins a new one. Throws a Failure when another program is at work on it. */
  static open(path: string): Book {
    const content = read(path);
    const { pid } = content;
    if (pid !== undefined && pid !== process.pid && isAlive(pid)) {
      throw new Failure('Another bell update is at work in this directory', 'Wait for it, or look with --status.');
    }
    return new Book(path, content);
  }

  /** The last roll-out, without regard to who is at work on it. */
  static look(path: string): Book {
    return new Book(path, read(path));
  }

  get rollout(): Rollout | undefined {
    return this.content.rollout;
  }

  get skipped(): readonly Skipped[] {
    return this.content.skipped;
  }

  get published(): Readonly<Record<string, Published>> {
    return this.content.published;
  }

  /** The images of the roll-out, by board. */
  images(): Map<string, Buffer> {
    return new Map(Object.entries(this.content.images).map(([board, text]) => [board, Buffer.from(text, 'base64')]));
  }

  /** Begins a roll-out in place of the last one. */
  begin(rollout: Rollout, skipped: readonly Skipped[], images: ReadonlyMap<string, Buffer>): void {
    this.content.rollout = rollout;
    this.content.skipped = [...skipped];
    this.content.images = Object.fromEntries([...images].map(([board, bytes]) => [board, bytes.toString('base64')]));
    this.work(true);
  }

  /** Says that this program is at work, or that it has ended. */
  work(isAtWork: boolean): void {
    if (isAtWork) this.content.pid = process.pid;
    else delete this.content.pid;
    this.save();
  }

  /** A serial above all that were given: Unix time where that is. It is never taken from what devices say. */
  nextSerial(now: number): number {
    this.content.serial = Math.max(Math.floor(now / 1000), this.content.serial + 1);
    return this.content.serial;
  }

  /** Books that the chunks of an image lie on a broker. */
  lay(image: string, place: string, chunks: number): void {
    const devices = this.content.published[image]?.devices ?? [];
    this.content.published[image] = { place, chunks, devices };
  }

  /** Books which image the manifests of these devices now name, if any. */
  assign(named: ReadonlyMap<string, string | undefined>): void {
    for (const [name, published] of Object.entries(this.content.published)) {
      const others = published.devices.filter((id) => !named.has(id));
      published.devices = [...others, ...[...named.keys()].filter((id) => named.get(id) === name)];
    }
  }

  /** Books that the chunks of an image are gone. */
  forget(image: string): void {
    const { [image]: _gone, ...rest } = this.content.published;
    this.content.published = rest;
  }

  save(): void {
    writeSafely(this.path, `${JSON.stringify(this.content)}\n`);
    this.dirtySince = 0;
  }

  /** Saves now and then: for what is not lost with the program, because the broker keeps it. */
  saveSoon(now: number): void {
    this.dirtySince ||= now;
    if (now - this.dirtySince >= RARELY) this.save();
  }
}

/** Images on a broker whose chunks nobody needs. */
export function superseded(published: Readonly<Record<string, Published>>, place: string): string[] {
  return Object.keys(published).filter((name) => {
    return published[name]!.place === place && !published[name]!.devices.length;
  });
}

function read(path: string): Content {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') {
      return { format: 1, serial: 0, skipped: [], images: {}, published: {} };
    }
    throw new Failure(`${ROLLOUT_FILE} cannot be read`);
  }
  try {
    const content = JSON.parse(text) as Content;
    if (content.format === 1) return content;
  } catch {
    // Said below.
  }
  throw new Failure(`${ROLLOUT_FILE} is not what bell update writes`, 'Move it away.');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}
