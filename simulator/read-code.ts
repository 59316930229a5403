import { detokenise } from './detokenise.ts';
import { inBlock } from './eval-scope.ts';
import { metered } from './meter.ts';

/** Texts that are remembered: what the boards of a workshop start with, some times over. */
const REMEMBERED = 64;

/** Code as a board has it, made for V8 to run: text, and metered. */
export const readCode = remembering((code) => metered(detokenise(code)));

/** The same for V8's `eval`. */
export const readEvaluated = remembering((code) => inBlock(metered(detokenise(code))));

/** Boards start with the same code again and again. */
function remembering(make: (code: string) => string): (code: string) => string {
  const known = new Map<string, string>();
  return (code) => {
    const made = known.get(code) ?? make(code);
    // What was asked for last is forgotten last.
    known.delete(code);
    known.set(code, made);
    if (known.size > REMEMBERED) known.delete(known.keys().next().value!);
    return made;
  };
}
