import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Board } from '../../../boards/board.ts';
import d1Mini from '../../../boards/d1-mini.ts';
import { command } from '../../../scripts/commands/update.ts';
import type { Values } from '../../../scripts/lib/command.ts';
import { Failure } from '../../../scripts/lib/failure.ts';
import { makeImage } from '../../../scripts/lib/image.ts';
import { ImitationUpdatee, type Manner } from '../../support/imitation-updatee.ts';
import { FakeIo } from '../host.ts';

/** The key of the fleet, in every test. */
export const FLEET = '5f'.repeat(32);

/** What a run of the command has come to: exit code, or the sentence of the Failure. */
export interface Run {
  end: number | string;
  out: string;
  err: string;
}

class HomeIo extends FakeIo {
  override readonly cwd: string;

  constructor(cwd: string) {
    super();
    this.cwd = cwd;
  }
}

/** A directory with keys, and bells around a broker that are stopped at the end of the test. */
export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), 'bell-home-'));
  private readonly bells: ImitationUpdatee[] = [];

  constructor(context: TestContext, readonly url: string) {
    context.after(() => {
      for (const bell of this.bells) bell.stop();
      rmSync(this.folder, { recursive: true, force: true });
    });
    this.write('bell.keys.json', { fleet: FLEET });
  }

  write(name: string, json: object): void {
    writeFileSync(join(this.folder, name), JSON.stringify(json), { mode: 0o600 });
  }

  read(name: string): Record<string, unknown> {
    return JSON.parse(readFileSync(join(this.folder, name), 'utf8')) as Record<string, unknown>;
  }

  /** Makes an image of some KB and gives its file name and bytes. */
  image(version: string, board: Board = d1Mini, size = 5000): { file: string; bytes: Buffer } {
    let seed = size + version.length;
    const code = Array.from({ length: size }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return String.fromCharCode(32 + (seed >> 8) % 95);
    });
    const bytes = makeImage(board, `//${version}\n${code.join('')}`, version);
    const file = `${board.id}-${version}.image`;
    writeFileSync(join(this.folder, file), bytes);
    return { file, bytes };
  }

  async bell(manner: Manner): Promise<ImitationUpdatee> {
    const bell = await ImitationUpdatee.start(this.url, { key: FLEET, ...manner });
    this.bells.push(bell);
    return bell;
  }

  io(): FakeIo {
    return new HomeIo(this.folder);
  }

  async update(words: string[], values: Values, io = this.io()): Promise<Run> {
    const all = { broker: this.url, wait: '1', ...values };
    try {
      const end = await command.run(all, words, io);
      return { end, out: io.stdout, err: io.stderr };
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return { end: error.sentence, out: io.stdout, err: io.stderr };
    }
  }
}
