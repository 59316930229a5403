/** Code for an interpreter, and what the real one printed when it ran it. */
export interface Snippet {
  readonly name: string;
  readonly code: string;
  readonly prints: readonly string[];
  /** Further files in Storage; the code itself is `.bootcde`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Until the last line is printed, ms. */
  readonly ms?: number;
  /** What not every build of the interpreter has: an expression that is undefined without it. */
  readonly needs?: string;
}

const MARK = '@@';

/** `out` prints a line; `t` prints what a function returns or throws. */
export const PRELUDE = `
function out() { print("${MARK}" + [].slice.call(arguments).join(" ")); }
function t(f) { try { out(String(f())); } catch (e) { out("throws " + (e && e.message ? e.message : e)); } }
`;

/** Size that the code is filled up to, so that the free space doesn't change with every space in it. */
const SIZE = 4096;

const STEPS = 5;

/** The code with all it needs to tell its end. */
export function complete({ code, ms }: Snippet): string {
  // In steps: an interpreter that a busy machine holds up is late with each of them, not only with what it has to do.
  const end = `;(function step(left) {
    if (left) return setTimeout(step, ${(ms ?? 150) / STEPS}, left - 1);
    out("end"); if (typeof quit != "undefined") quit();
  })(${STEPS});`;
  return `${PRELUDE}${code}\n${end}`.padEnd(SIZE);
}

/** The marked lines of a console's text. A mark in quotation marks is code, which some builds show after an error. */
export function marked(text: string): string[] {
  return text.split(/\r?\n/)
    .filter((line) => line.includes(MARK) && !line.includes(`"${MARK}`))
    .map((line) => line.slice(line.indexOf(MARK) + MARK.length).replace('\x1b[J', ''));
}
