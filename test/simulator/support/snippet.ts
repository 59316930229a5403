/** Code for an interpreter, and what the real one printed when it ran it. */
export interface Snippet {
  readonly name: string;
  readonly code: string;
  readonly prints: readonly string[];
  /** Further files in Storage; the code itself is `.bootcde`. */
  readonly files?: Readonly<Record<string, string>>;
  /** Until the last line is printed, ms. */
  readonly ms?: number;
}

const MARK = '@@';

/** `out` prints a line; `t` prints what a function returns or throws. */
export const PRELUDE = `
function out() { print("${MARK}" + [].slice.call(arguments).join(" ")); }
function t(f) { try { out(String(f())); } catch (e) { out("throws " + (e && e.message ? e.message : e)); } }
`;

/** Size that the code is filled up to, so that the free space doesn't change with every space in it. */
const SIZE = 4096;

/** The code with all it needs to tell its end. */
export function complete({ code, ms }: Snippet): string {
  const end = `setTimeout(function () { out("end"); if (typeof quit != "undefined") quit(); }, ${ms ?? 150});`;
  return `${PRELUDE}${code}\n${end}`.padEnd(SIZE);
}

/** The marked lines of a console's text. */
export function marked(text: string): string[] {
  return text.split(/\r?\n/)
    .filter((line) => line.includes(MARK))
    .map((line) => line.slice(line.indexOf(MARK) + MARK.length).replace('\x1b[J', ''));
}
