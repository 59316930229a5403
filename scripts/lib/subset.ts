import { Linter } from 'eslint';
import { Failure } from './failure.ts';
import { grammar, library, order } from './subset-rules.js';

/** One place in a bundle that Espruino could not run, or would run as something else. */
export interface Offence {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The code around it: a minified bundle has one line. */
  readonly near: string;
}

/** Everything in a finished bundle that is outside of Espruino's language. */
export function findOffences(code: string): Offence[] {
  const linter = new Linter({ configType: 'flat' });
  const problems = linter.verify(code, [{
    languageOptions: { ecmaVersion: 2022, sourceType: 'script' },
    linterOptions: { noInlineConfig: true },
    rules: {
      'no-restricted-syntax': ['error', ...grammar, ...library],
      'no-use-before-define': ['error', order],
    },
  }]);
  const lines = code.split('\n');
  const offences = problems.map(({ line, column, message }) => {
    const text = lines[line - 1] ?? '';
    return { line, column, message, near: text.slice(Math.max(0, column - 31), column + 50) };
  });
  return [...offences, ...findForeignBytes(lines)];
}

/** Strings are bytes on the chips and characters on Linux, so that only ASCII means the same on both. */
function findForeignBytes(lines: string[]): Offence[] {
  return lines.flatMap((text, index) => {
    const at = [...text].findIndex((character) => character > '~');
    if (at < 0) return [];
    const near = text.slice(Math.max(0, at - 30), at + 50);
    return [{ line: index + 1, column: at + 1, message: 'Not ASCII.', near }];
  });
}

/** Throws a Failure that names the file and each place, when `code` is not what Espruino can run. */
export function checkSubset(code: string, file: string): void {
  const offences = findOffences(code);
  if (offences.length === 0) return;
  const list = offences.map(({ line, column, message, near }) => {
    return `\n  ${file}:${line}:${column} ${message}\n    ${near}`;
  });
  throw new Failure(`Espruino cannot run what the source became:${list.join('')}`);
}
