import type { Board } from '../../../boards/board.ts';
import { badBuilds, interpreterOf, interpreters } from '../../../boards/interpreters.ts';
import { mind, right, wrong, type Finding } from './finding.ts';

const FLASH = 'Run npx bell flash: it puts the right one there and leaves the settings alone.';

/** What the interpreter of a device says about itself, against what its board needs. */
export function interpreterFinding(kind: Board, version: string, build: string): Finding {
  const wanted = interpreterOf(kind);
  if (!wanted) return right('interpreter', `Espruino ${version}.`);
  const bad = badBuilds[build];
  if (bad !== undefined) return wrong('interpreter', `The interpreter is the build ${build}, which ${bad}.`, FLASH);
  const other = interpreters.find((known) => known.build === build);
  if (other && other.rom !== wanted.rom) {
    return wrong(
      'wrong-chip', `It was flashed as ${kind.title}, which has an ${wanted.rom}, and runs on an ${other.rom}.`,
      'Its pins are others: take it off the bell, then npx bell flash, for the board that it is.',
    );
  }
  if (!other) {
    return mind('interpreter', `The interpreter is the build ${build}; the firmware is for ${wanted.build}.`, FLASH);
  }
  // 2v29.12 is a build on the way from 2v29 to the next.
  if (version.split('.')[0] === wanted.version) return right('interpreter', `Espruino ${version}.`);
  const cure = isOlder(version, wanted.version) ? FLASH : 'If it behaves strangely, npx bell flash takes it back.';
  return mind('interpreter', `Espruino ${version}; the firmware was tried with ${wanted.version}.`, cure);
}

function isOlder(version: string, than: string): boolean {
  const number = (text: string) => Number(/^2v(\d+)/.exec(text)?.[1] ?? Infinity);
  return number(version) < number(than);
}
