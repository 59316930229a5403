import { detokenise } from './detokenise.ts';
import { metered } from './meter.ts';

/** Texts that are remembered: what the boards of a workshop start with, some times over. */
const REMEMBERED = 64;

const known = new Map<string, string>();

/** Code as a board has it, made for V8: text, and metered. Boards start with the same code again and again. */
export function readCode(code: string): string {
  const made = known.get(code) ?? metered(detokenise(code));
  // What was asked for last is forgotten last.
  known.delete(code);
  known.set(code, made);
  if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
  return made;
}
