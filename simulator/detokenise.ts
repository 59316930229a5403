/**
 * What Espruino's lexer understands beside text: code whose words and operators are single bytes (`LEX_TYPES` in its
 * `jslex.h`). Here it becomes text again, because V8 reads no other. Espruino knows bytes for strings and whole numbers
 * as well; nothing of ours has them (see `scripts/lib/pretokenise.ts`).
 */

/** The byte of the first of these; the others follow in order. */
const FIRST = 138;
const OPERATORS = '== === != !== <= << <<= >= >> >>> >>= >>>= += -= ++ -- *= /= %= &= && |= || ^= =>';
const WORDS = 'if else do while for break continue function return var let const this throw try catch finally '
  + 'true false null undefined new in instanceof switch case default delete typeof void debugger '
  + 'class extends super static of';
const TOKENS = [...OPERATORS.split(' '), ...WORDS.split(' ')];

/**
 * Tokenised code as text; text as it is. A byte that is no token stays, for V8 to complain about. Where a word would
 * run into its neighbour there is a space between the two.
 */
export function detokenise(code: string): string {
  const pieces: string[] = [];
  let last = '';
  // A string in quotation marks may have any byte in it; else plain text ends where a token stands.
  for (const [piece] of code.matchAll(/(?:(["'`])(?:\\[^]|(?!\1)[^\\])*\1|[^\x8a-\xc6])+|[^]/g)) {
    const plain = TOKENS[piece.charCodeAt(0) - FIRST] ?? piece;
    const first = plain.charAt(0);
    if (/[\w$]/.test(last) ? /[\w$]/.test(first) : /[-+]/.test(last) && last === first) pieces.push(' ');
    pieces.push(plain);
    last = plain.charAt(plain.length - 1);
  }
  return pieces.join('');
}
