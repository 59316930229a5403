import type { ParseArgsConfig } from 'node:util';
import { Failure } from './failure.ts';

/** What a command may touch of the outside world. A test hands it its own. */
export interface Io {
  readonly out: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly err: { write(text: string): unknown; readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Directory that relative file names of the user start from. */
  readonly cwd: string;
  /** Aborted when the user interrupts; a command that runs until then ends in order. */
  readonly signal: AbortSignal;
}

/** One option: as `util.parseArgs` takes it, with what `--help` says about it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly default?: string | boolean;
  /** One line for `--help`. */
  readonly help: string;
  /** What stands for the value in `--help`, as in `--board ID`. */
  readonly value?: string;
}

/** Values of options as `util.parseArgs` gives them. */
export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/**
 * A command of `bell`: `scripts/commands/<name>.ts` exports one as `command`.
 * `--help` is added to every one.
 */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows `bell <name>`, as in `<bell> [options]`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  /** Lines that can be typed as they are. */
  readonly examples?: readonly string[];
  /** Does the work and gives the exit code. Throws a Failure for what a person can put right. */
  run(values: Values, positionals: string[], io: Io): Promise<number>;
}

/** The options of a command in the shape that `util.parseArgs` wants. */
export function parseOptions(command: Command): NonNullable<ParseArgsConfig['options']> {
  const options: NonNullable<ParseArgsConfig['options']> = { help: { type: 'boolean', short: 'h' } };
  for (const [name, { type, short, multiple, default: value }] of Object.entries(command.options)) {
    options[name] = {
      type,
      ...(short === undefined ? {} : { short }),
      ...(multiple === undefined ? {} : { multiple }),
      ...(value === undefined ? {} : { default: value }),
    };
  }
  return options;
}

/** Refuses more words than a command reads: they would be lost without a word. */
export function refuseWords({ name, usage }: Command, words: readonly string[], most = 0): void {
  if (words.length <= most) return;
  const what = most === 0 ? 'takes no word' : `takes ${most === 1 ? 'one word' : `${most} words`} at most`;
  throw new Failure(`bell ${name} ${what}, and here is "${words[most]}"`, `It is: bell ${name} ${usage}`);
}

/** Text of an option, or undefined when it was not given. */
export function textOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Whether a switch was given. */
export function isSet(values: Values, name: string): boolean {
  return values[name] === true;
}

/** Texts of an option that may be repeated. */
export function textsOf(values: Values, name: string): string[] {
  const value = values[name];
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item): item is string => typeof item === 'string');
}

/** Writes one object as one line of JSON. */
export function writeJson(io: Io, value: unknown): void {
  io.out.write(`${JSON.stringify(value)}\n`);
}
