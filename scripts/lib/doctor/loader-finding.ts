import type { EspruinoConsole } from '../console/console.ts';
import { crc32 } from '../flash/crc32.ts';
import { mind, right, wrong, type Finding } from './finding.ts';

const FLASH = 'Run npx bell flash: it writes the loader anew and leaves the settings alone.';
const FILE = 'require("Storage").read(".bootcde"';
/** What is read of the loader at once. */
const PIECE = 512;

/** The loader of these sources for a board. */
export interface KnownLoader {
  readonly text: string;
  /** Whether another text is a program that was written to its end. */
  isProgram(text: string): boolean;
}

/**
 * Looks at the loader. `expected` is that of these sources for the same board: with it, one that is not the same is
 * read and told apart, into one of another version and one that is damaged.
 */
export async function loaderFinding(
  console: EspruinoConsole, expected: KnownLoader | undefined,
): Promise<Finding> {
  const length = await console.evaluate(`(${FILE})||"").length`) as number;
  if (length === 0) return wrong('loader', 'The loader is missing.', FLASH);
  const others = String(await console.evaluate('require("Storage").list(/^\\.boot/).join(" ")'));
  if (others !== '.bootcde') return mind('loader', `Beside the loader there is other boot code: ${others}.`, FLASH);
  if (expected === undefined) return right('loader', 'The loader is there.');
  const crc = await console.evaluate(`E.CRC32(${FILE}))`);
  if (crc === crc32(expected.text)) return right('loader', 'The loader is whole.');
  let text = '';
  while (text.length < length) text += String(await console.evaluate(`${FILE},${text.length},${PIECE})`));
  if (!expected.isProgram(text)) return wrong('loader', 'The loader is damaged.', FLASH);
  return mind('loader', 'The loader is another one than that of this version.', 'npx bell flash replaces it.');
}
