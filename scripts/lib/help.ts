import type { Command } from './command.ts';

/** What `bell --help` prints. */
export function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }): [string, string] => [name, summary]);
  return [
    'Usage: bell <command> [options]',
    '',
    'Commands:',
    ...table(rows),
    '',
    'Options:',
    ...table([['-h, --help', 'this text, or that of a command'], ['--version', 'the version']]),
    '',
  ].join('\n');
}

/** What `bell <command> --help` prints. */
export function commandHelp(command: Command): string {
  const rows = Object.entries(command.options).map(([name, option]): [string, string] => {
    const short = option.short === undefined ? '' : `-${option.short}, `;
    const value = option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : '';
    return [`${short}--${name}${value}`, option.help];
  });
  const examples = command.examples ?? [];
  return [
    `Usage: bell ${command.name} ${command.usage}`.trimEnd(),
    '',
    `${command.summary}.`,
    '',
    'Options:',
    ...table([...rows, ['-h, --help', 'this text']]),
    '',
    ...(examples.length === 0 ? [] : ['Examples:', ...examples.map((line) => `  ${line}`), '']),
  ].join('\n');
}

function table(rows: [string, string][]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
