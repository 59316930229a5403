import type { Board } from '../../boards/board.ts';
import { boards } from '../../boards/index.ts';
import { refused } from '../../boards/refused.ts';
import { boardsPage } from '../lib/boards-page.ts';
import { isSet, refuseWords, writeJson, type Command } from '../lib/command.ts';
import { namedBoard } from '../lib/named-board.ts';

export const command: Command = {
  name: 'boards',
  summary: 'Lists the boards that can be a bell, and shows how one is wired',
  usage: '[ID] [options]',
  options: {
    json: { type: 'boolean', help: 'one JSON object a board' },
    markdown: { type: 'boolean', help: 'docs/boards.md' },
  },
  examples: ['bell boards', 'bell boards d1-mini', 'bell boards --markdown > docs/boards.md'],
  async run(values, words, io) {
    refuseWords(command, words, isSet(values, 'markdown') ? 0 : 1);
    const [id] = words;
    if (isSet(values, 'markdown')) io.out.write(boardsPage());
    else if (isSet(values, 'json')) chosen(id).forEach((board) => writeJson(io, board));
    else io.out.write(id === undefined ? list() : details(namedBoard(id)));
    return 0;
  },
};

function chosen(id: string | undefined): readonly Board[] {
  return id === undefined ? boards : [namedBoard(id)];
}

function list(): string {
  const width = Math.max(...[...boards, ...refused].map(({ id }) => id.length));
  const line = ({ id, title }: { id: string; title: string }) => `  ${id.padEnd(width)}  ${title}\n`;
  return [
    ...boards.map(line), '\nNot supported (bell boards ID says why):\n', ...refused.map(line),
    '\nWiring, pins and sources: bell boards ID, or docs/boards.md.\n',
  ].join('');
}

function details({ title, chip, relay, button, led, wiring, bootMode, warning, link, tls }: Board): string {
  const pin = (name: string, part: { pin: string; label?: string; why: string } | undefined) => {
    return part ? [`${name}: ${part.label ?? part.pin} (GPIO${part.pin.slice(1)}). ${part.why}`] : [];
  };
  return [
    title,
    ...(warning === undefined ? [] : [`DANGER: ${warning}`]),
    `Chip: ${chip}; TLS: ${tls ? 'yes, without checks' : 'no'}`,
    ...pin('Relay', relay), ...pin('Button', button), ...pin('LED', led),
    `Wiring: ${wiring}`, `Boot mode: ${bootMode}`, `See ${link}`, '',
  ].join('\n');
}
