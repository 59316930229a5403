import { join } from 'node:path';
import { RELEASES, urlOf, type Interpreter, type Part } from '../../../boards/interpreters.ts';
import { Failure } from '../failure.ts';
import { readIfThere, writeWhole } from './cache.ts';
import { checkContent } from './image-content.ts';
import { Pins, type NewPin } from './pins.ts';

/** Where the files of an interpreter may come from. */
export interface ImageSource {
  /** A directory that the user named: then nothing else is looked at. */
  readonly directory?: string;
  /** Where downloads are kept, and hashes pinned. */
  readonly cache: string;
  /** Asks whether to download; a download without a yes is refused. */
  consent(question: string): Promise<boolean>;
  readonly fetch: typeof fetch;
}

/** The files of an interpreter, checked. */
export interface Images {
  readonly files: ReadonlyMap<Part, Uint8Array>;
  /** Pinned just now. The user is shown them. */
  readonly pinned: readonly NewPin[];
  readonly from: 'directory' | 'cache' | 'network';
}

/** The interpreter is not on this computer, and nobody said yes to a download. */
export class MissingImages extends Failure {
  /** `what` is what would be downloaded, and from where. */
  constructor(readonly what: string) {
    super(
      `The interpreter is not on this computer: ${what}`,
      'Add --yes to download it, or --images with a directory that has it.',
    );
  }
}

/** Gets every part of an interpreter and checks it. Throws a Failure that says what is missing or wrong. */
export async function obtainImages(interpreter: Interpreter, source: ImageSource): Promise<Images> {
  const { files, from } = await find(interpreter, source);
  for (const [part, content] of files) checkContent(interpreter, part, content);
  const pinned = new Pins(source.cache).check(interpreter, files);
  if (from === 'network') {
    for (const [part, content] of files) writeWhole(cached(interpreter, part, source), content);
  }
  return { files, pinned, from };
}

async function find(interpreter: Interpreter, source: ImageSource): Promise<Omit<Images, 'pinned'>> {
  if (source.directory !== undefined) return { files: fromDirectory(interpreter, source.directory), from: 'directory' };
  const kept = new Map<Part, Uint8Array>();
  for (const part of interpreter.parts) {
    const content = readIfThere(cached(interpreter, part, source));
    if (content) kept.set(part, content);
  }
  if (kept.size === interpreter.parts.length) return { files: kept, from: 'cache' };
  return { files: await download(interpreter, source), from: 'network' };
}

function cached({ folder }: Interpreter, { file }: Part, { cache }: ImageSource): string {
  return join(cache, folder, file);
}

/** The unpacked release as it is, or just the folder of one build. */
function fromDirectory({ folder, parts }: Interpreter, directory: string): Map<Part, Uint8Array> {
  const files = new Map<Part, Uint8Array>();
  for (const part of parts) {
    const content = readIfThere(join(directory, folder, part.file)) ?? readIfThere(join(directory, part.file));
    if (content) files.set(part, content);
  }
  const missing = parts.filter((part) => !files.has(part)).map(({ file }) => file);
  if (missing.length === 0) return files;
  throw new Failure(
    `${directory} lacks ${missing.join(', ')}`,
    `They are in ${folder} of the release at ${RELEASES}; name the folder that holds them.`,
  );
}

async function download(interpreter: Interpreter, source: ImageSource): Promise<Map<Part, Uint8Array>> {
  const { parts, version, folder } = interpreter;
  const what = `${parts.length} files of Espruino ${version} from ${RELEASES}/${folder}`;
  if (!(await source.consent(`Download ${what}?`))) throw new MissingImages(what);
  const files = new Map<Part, Uint8Array>();
  for (const part of parts) files.set(part, await fetchPart(urlOf(interpreter, part), source.fetch));
  return files;
}

async function fetchPart(url: string, get: typeof fetch): Promise<Uint8Array> {
  const failure = (why: string) => new Failure(
    `${url} cannot be downloaded (${why})`,
    'Try again, or get the release on another computer and name its directory with --images.',
  );
  const response = await get(url).catch((error: Error) => {
    throw failure((error.cause as Error | undefined)?.message ?? error.message);
  });
  if (!response.ok) throw failure(`answer ${response.status}`);
  return new Uint8Array(await response.arrayBuffer().catch((error: Error) => {
    throw failure(error.message);
  }));
}
