import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { rollup } from 'rollup';
import type { Board } from '../../boards/board.ts';
import { configure, entries } from '../../rollup.config.js';
import { explainBuild } from './explain-build.ts';
import { Failure } from './failure.ts';
import { root } from './paths.ts';

/** What can be bundled: the firmware, its loader, its access point, and the module for other people's programs. */
export type EntryName = 'app' | 'loader' | 'portal' | 'module';

/** What the loader is joined of: how a chip starts, how updates are reviewed, and how an image is fetched. */
const PROGRAMS = ['boot', 'review', 'receive'] as const;

/**
 * Makes the loader: one of three programs is run, the other two are only read past. Which one, the image that runs says
 * by a global; there is none when the chip has just started.
 */
async function makeLoader(board: Board): Promise<string> {
  const made = await Promise.all(PROGRAMS.map((name) => bundle(board, name)));
  const [boot, review, receive] = made.map((code) => code.replace(/;$/, ''));
  return `global.asked?global.asked.task?${receive}:${review}:${boot};`;
}

/**
 * Makes the access point, of four programs: the first looks for networks, the second shows the form, the third is run
 * with a form, the fourth with a good one.
 */
async function makePortal(board: Board): Promise<string> {
  const made = await Promise.all((['look', 'portal', 'settle', 'adopt'] as const).map((name) => bundle(board, name)));
  const [look, portal, settle, adopt] = made.map((code) => code.replace(/;$/, ''));
  return `global.asked.form&&!global.asked.form.fault?global.asked.form.change?${adopt}:${settle}:`
    + `global.asked.around&&!global.asked.around.task?${portal}:${look};`;
}

/**
 * Bundles something for one board and gives back the code; an app says that it has the version of package.json, or
 * `its`. Throws a Failure that names the place.
 */
export async function makeBundle(board: Board, name: EntryName, its?: string): Promise<string> {
  if (name === 'portal') return makePortal(board);
  return name === 'loader' ? makeLoader(board) : bundle(board, name, its);
}

async function bundle(board: Board, name: (typeof entries)[number]['name'], its?: string): Promise<string> {
  const entry = entries.find((candidate) => candidate.name === name);
  if (!entry) throw new Error(`no entry ${name}`);
  if (!existsSync(join(root, entry.input))) throw new Failure(`${entry.input} is missing`);
  const options = configure(board, entry, its);
  try {
    const build = await rollup(options);
    const { output } = await build.generate(options.output);
    await build.close();
    return output[0].code.trimEnd();
  } catch (error) {
    throw explainBuild(error);
  }
}
