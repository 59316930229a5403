import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Board } from '../../boards/board.ts';
import type { Interpreter, Part } from '../../boards/interpreters.ts';
import type { BellLine, UsbHelp } from '../../workshop/usb.ts';
import type { BellLogin, BellNews, ImageFile, ImagesAnswer } from '../../workshop/usb-messages.ts';
import { MissingImages, obtainImages, type Images, type ImageSource } from './flash/images.ts';
import { OnlineWatch } from './flash/online.ts';
import { Pins } from './flash/pins.ts';

/** What the workshop's page needs of this computer. A test has its own. */
export interface UsbWorld {
  /** The content of Storage that a board is flashed with; made once. */
  firmware(board: Board): Promise<Uint8Array>;
  /** Where downloads are kept, and hashes pinned. */
  readonly cache: string;
  /** A directory that the user named: then nothing else is looked at. */
  readonly directory?: string;
  readonly fetch: typeof fetch;
  /** How long a bell may take to come online, s. */
  readonly waitS?: number;
}

/** What the page asks of this computer, with the same parts as `bell flash`. */
export function makeUsbHelp({ firmware, waitS = 60, ...source }: UsbWorld): UsbHelp {
  const pinsPath = join(source.cache, 'pins.json');
  const find = (interpreter: Interpreter, download: boolean) => {
    return obtainImages(interpreter, { ...source, consent: async () => download } satisfies ImageSource);
  };
  return {
    firmware,
    async images(interpreter, download) {
      try {
        return describe(interpreter, await find(interpreter, download), pinsPath);
      } catch (error) {
        if (error instanceof MissingImages) return { state: 'missing', what: error.what };
        throw error;
      }
    },
    async image(interpreter, file) {
      const { files } = await find(interpreter, false);
      return [...files].find(([part]) => part.file === file)?.[1];
    },
    pin(interpreter, files) {
      const pinned = new Pins(source.cache).checkHashes(interpreter, byPart(interpreter, files));
      return { pinned: pinned.map(({ file }) => file), pins: pinsPath };
    },
    listen: (login, tell) => listen(login, tell, waitS),
  };
}

function describe({ parts }: Interpreter, { files, from, pinned }: Images, pins: string): ImagesAnswer {
  const listed = parts.map((part) => ({
    file: part.file, sha256: createHash('sha256').update(files.get(part)!).digest('hex'),
  }));
  return { state: 'here', from, files: listed, pinned: pinned.map(({ file }) => file), pins };
}

function byPart({ parts }: Interpreter, files: readonly ImageFile[]): ReadonlyMap<Part, string> {
  const hashes = new Map<Part, string>();
  for (const { file, sha256 } of files) {
    const part = parts.find((known) => known.file === file);
    if (part) hashes.set(part, sha256);
  }
  return hashes;
}

/** Meets a bell on its broker: listens, waits, and rings it when the page asks for it. */
function listen(login: BellLogin, tell: (news: BellNews) => void, waitS: number): BellLine {
  const closed = new AbortController();
  let watch: OnlineWatch | undefined;
  const say = (news: BellNews) => {
    if (!closed.signal.aborted) tell(news);
  };
  const fail = (error: unknown) => {
    const { message, cure = '' } = error as Error & { cure?: string };
    say({ type: 'fault', fault: message, cure });
  };
  const meet = async () => {
    watch = await OnlineWatch.begin(login, login.mac);
    if (closed.signal.aborted) return watch.close();
    watch.onRang = (payload) => sayRang(payload, say);
    say({ type: 'listening' });
    say({ type: 'online', ...await watch.wait(waitS, closed.signal) });
  };
  void meet().catch(fail);
  return {
    ring: () => void watch?.ring().catch(fail),
    close() {
      closed.abort();
      watch?.close();
    },
  };
}

function sayRang(payload: string, say: (news: BellNews) => void): void {
  try {
    const { outcome, reason, ms } = JSON.parse(payload) as { outcome?: unknown; reason?: unknown; ms?: unknown };
    if (typeof outcome !== 'string') return;
    say({
      type: 'rang', outcome,
      ...(typeof reason === 'string' ? { reason } : {}), ...(typeof ms === 'number' ? { ms } : {}),
    });
  } catch {
    // Somebody else's message.
  }
}
