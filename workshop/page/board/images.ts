import type { Interpreter, Part } from '../../../boards/interpreters.ts';
import { Failure } from '../../../scripts/lib/failure.ts';
import { checkContent } from '../../../scripts/lib/flash/image-content.ts';
import type { ImageFile, ImagesAnswer, PinAnswer } from '../../usb-messages.ts';
import { change, getImage, getImages } from './server.ts';

/** The checked files of an interpreter, and what a person should know of them. */
export interface FoundImages {
  readonly files: ReadonlyMap<Part, Uint8Array>;
  readonly hashes: readonly ImageFile[];
  readonly from: 'directory' | 'cache' | 'network' | 'disk';
  /** Their hash counts from now on. */
  readonly pinned: readonly string[];
  /** The file that keeps those hashes. */
  readonly pins: string;
}

/** What a person says when the workshop has no files: fetch them from the network, or take these. */
export type ImagesWish = 'download' | readonly File[];

/** Asks the person. `what` is what would be downloaded; '' where a directory was named that lacks it. */
export type AskImages = (what: string, failure: Failure | undefined) => Promise<ImagesWish>;

/** Gets the files of an interpreter: from the workshop, or, as a person wishes, from the network or the disk. */
export async function obtain(interpreter: Interpreter, ask: AskImages): Promise<FoundImages> {
  let missing = '';
  let failure: Failure | undefined;
  for (let wish: ImagesWish | undefined; ; wish = await ask(missing, failure)) {
    failure = undefined;
    try {
      if (Array.isArray(wish)) return await fromDisk(interpreter, wish as readonly File[]);
      const answer = wish === undefined
        ? await getImages(interpreter)
        : await change<ImagesAnswer>(interpreter, { do: 'download' });
      if (answer.state === 'here') return await fromServer(interpreter, answer);
      missing = answer.what;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      failure = error;
    }
  }
}

async function fromServer(
  interpreter: Interpreter, { files: hashes, ...rest }: Extract<ImagesAnswer, { state: 'here' }>,
): Promise<FoundImages> {
  const files = new Map<Part, Uint8Array>();
  for (const part of interpreter.parts) {
    const content = await getImage(interpreter, part.file);
    const expected = hashes.find(({ file }) => file === part.file)?.sha256;
    if (await sha256(content) !== expected) throw new Failure(`${part.file} did not arrive whole`, 'Begin again.');
    files.set(part, content);
  }
  return { ...rest, files, hashes };
}

async function fromDisk(interpreter: Interpreter, chosen: readonly File[]): Promise<FoundImages> {
  const files = new Map<Part, Uint8Array>();
  for (const part of interpreter.parts) {
    const file = fileOf(interpreter, part, chosen);
    if (!file) continue;
    const content = new Uint8Array(await file.arrayBuffer());
    checkContent(interpreter, part, content);
    files.set(part, content);
  }
  const missing = interpreter.parts.filter((part) => !files.has(part)).map(({ file }) => file);
  if (missing.length > 0) {
    const cure = `They are in ${interpreter.folder} of the release: choose all files of it, or the folder.`;
    throw new Failure(`What you chose lacks ${missing.join(', ')}`, cure);
  }
  const hashes: ImageFile[] = [];
  for (const [{ file }, content] of files) hashes.push({ file, sha256: await sha256(content) });
  const pinned = await change<PinAnswer>(interpreter, { do: 'pin', files: hashes });
  return { files, hashes, from: 'disk', ...pinned };
}

/** The unpacked release has files of the same name for each chip: the one in the right folder comes first. */
function fileOf({ folder }: Interpreter, part: Part, chosen: readonly File[]): File | undefined {
  const named = chosen.filter(({ name }) => name === part.file);
  const right = named.find(({ webkitRelativePath }) => webkitRelativePath.split('/').includes(folder));
  return right ?? (named.length === 1 ? named[0] : undefined);
}

async function sha256(content: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', Uint8Array.from(content));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
