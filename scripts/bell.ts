import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parseOptions, type Command, type Io, type Values } from './lib/command.ts';
import { Failure } from './lib/failure.ts';
import { commandHelp, overview } from './lib/help.ts';
import { root, version } from './lib/paths.ts';
import { explainOptions } from './lib/options-failure.ts';
import { suggest } from './lib/suggest.ts';

const folder = join(root, 'scripts', 'commands');

/** Runs one command line and gives the exit code. */
export async function main(words: string[], io: Io = processIo()): Promise<number> {
  try {
    return await dispatch(words, io);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    io.err.write(`bell: ${error.sentence}\n`);
    return 1;
  }
}

async function dispatch([name, ...rest]: string[], io: Io): Promise<number> {
  if (name === '--version') return print(io, `${version()}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return printHelp(rest[0], io);
  const command = await load(name);
  const { values, positionals } = parse(command, rest);
  if (values['help'] === true) return print(io, commandHelp(command));
  return command.run(values, positionals, io);
}

async function printHelp(name: string | undefined, io: Io): Promise<number> {
  if (name !== undefined) return print(io, commandHelp(await load(name)));
  return print(io, overview(await Promise.all(names().map(load))));
}

/** Names of all commands: those of the files. */
function names(): string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -3)).sort();
}

async function load(name: string): Promise<Command> {
  const known = names();
  if (!known.includes(name)) {
    const meant = suggest(name, known);
    throw new Failure(
      `There is no command "${name}"`,
      meant === undefined ? 'See bell --help for the list.' : `Did you mean "bell ${meant}"?`,
    );
  }
  const { command } = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { command: Command };
  return command;
}

function parse(command: Command, args: string[]): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ args, options: parseOptions(command), allowPositionals: true, strict: true });
  } catch (error) {
    throw explainOptions(error as Error, args, command.name);
  }
}

function print(io: Io, text: string): number {
  io.out.write(text);
  return 0;
}

function processIo(): Io {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return { out: process.stdout, err: process.stderr, env: process.env, cwd: process.cwd(), signal: controller.signal };
}
