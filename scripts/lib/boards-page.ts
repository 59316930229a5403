import type { Board, Chip } from '../../boards/board.ts';
import { boards } from '../../boards/index.ts';
import { interpreterOf } from '../../boards/interpreters.ts';
import { refused } from '../../boards/refused.ts';
import { unsafePins } from '../../boards/unsafe-pins.ts';
import { WIRING } from './boards-wiring.ts';

const CHIPS = [
  ['esp8266', 'ESP8266'], ['esp32', 'ESP32'], ['esp32c3', 'ESP32-C3'], ['esp32s3', 'ESP32-S3'],
] as const satisfies readonly (readonly [Chip, string])[];
/** Where the interpreter of a board can be talked to. */
const CONSOLES = {
  uart: 'at the port where the board is flashed', usb: 'at the USB of the chip itself', terminal: 'in the terminal',
};

/** `docs/boards.md`, made of the data in `boards/`. */
export function boardsPage(): string {
  return [
    '# Boards',
    '',
    '<!-- Made by `bell boards --markdown` from boards/. Change those, not this. -->',
    '',
    ...table(['board', '`--board`', 'relay', 'TLS', 'updates over the air'], boards.map((board) => [
      `[${board.title}](#${board.id})`, `\`${board.id}\``, `${board.relay.label} (${gpio(board.relay.pin)})`,
      board.tls ? 'yes, without checks' : 'no', board.chip === 'linux' ? 'for tests' : 'two slots',
    ])),
    '',
    'Pins and levels come from the sources that each board names. None of these boards was in front of whoever wrote',
    'this: what could not be confirmed is left out. TLS keeps listeners out and checks no certificate.',
    '',
    WIRING,
    ...boards.flatMap(section),
    '## Pins that must not drive a relay',
    '',
    'The build refuses them.',
    '',
    ...CHIPS.flatMap(unsafeTable),
    '## Not supported',
    '',
    'Each was looked at. `bell flash --board` says the same.',
    '',
    ...table(['board', '`--board`', 'why not', 'instead'], refused.map((one) => [
      `[${one.title}](${one.link})`, `\`${one.id}\``, one.reason, one.instead,
    ])),
    '',
  ].join('\n');
}

function section(board: Board): string[] {
  const { id, title, link, sources = [], warning, wiring, bootMode, maxStrokeMs } = board;
  return [
    `<a id="${id}"></a>`,
    '',
    `## ${title}`,
    '',
    ...(warning === undefined ? [] : [`> **Danger.** ${warning}`, '']),
    ...table(['', 'pin', 'printed', 'active', 'why this pin'], pinRows(board)),
    '',
    `- **Relay:** ${wiring}`,
    `- **Boot mode:** ${bootMode}`,
    `- **Longest stroke that the hardware ends by itself:** ${maxStrokeMs} ms`,
    `- **Interpreter:** ${interpreterLine(board)} Its console is ${CONSOLES[board.console]}.`,
    `- **Sources:** ${[link, ...sources].map((url) => `<${url}>`).join(', ')}`,
    '',
  ];
}

function pinRows({ relay, button, led }: Board): string[][] {
  return [
    ['relay', gpio(relay.pin), relay.label, level(relay.on), relay.why],
    ...(button ? [['button', gpio(button.pin), button.label, level(button.pressed), button.why]] : []),
    ...(led ? [['LED', gpio(led.pin), '', level(led.on), led.why]] : []),
  ];
}

function interpreterLine(board: Board): string {
  const interpreter = interpreterOf(board);
  if (!interpreter) return 'Espruino for Linux; nothing is flashed.';
  const { rom, version, flashKb } = interpreter;
  const kb = board.storage.pageSize * board.storage.pages / 1024;
  return `Espruino ${version} for ${rom} with ${flashKb / 1024} MB, ${kb} KB of Storage.`;
}

function unsafeTable([chip, name]: (typeof CHIPS)[number]): string[] {
  const { why, safe } = unsafePins[chip];
  return [
    `**${name}.** Quiet are ${safe.map(gpio).join(', ')}.`,
    '',
    ...table(['pin', 'it'], Object.entries(why).map(([pin, reason]) => [`GPIO${pin}`, reason])),
    '',
  ];
}

function gpio(pin: string): string {
  return `GPIO${pin.slice(1)}`;
}

function level(active: 0 | 1): string {
  return active ? 'high' : 'low';
}

function table(head: string[], rows: string[][]): string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
