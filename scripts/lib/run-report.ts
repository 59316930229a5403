import { getSystemErrorMap } from 'node:util';
import type { Board } from '../../boards/board.ts';
import type { BrokerNews } from './broker-view.ts';
import { writeJson, type Io } from './command.ts';
import type { InterpreterOptions } from './interpreter.ts';

/** What a device does and says, and what its broker says of it. */
export interface Reports extends Required<Pick<InterpreterOptions, 'onEdge' | 'onLine' | 'onRestart'>> {
  onBroker(news: BrokerNews): void;
}

/** Writes what happens on standard output: one line each, or one JSON object. With `all`, edges of every pin. */
export function runReport(json: boolean, all: boolean, board: Board, io: Io): Reports {
  const reports = json ? inJson(board, io) : inText(board, io);
  return {
    ...reports,
    // The LED blinks all day.
    onEdge: (edge) => void ((all || edge.pin === board.relay.pin) && reports.onEdge(edge)),
    onLine: (line) => reports.onLine(explainErrors(line)),
  };
}

function inJson({ relay }: Board, io: Io): Reports {
  return {
    onEdge(edge) {
      writeJson(io, { type: 'edge', ...edge, ...(edge.pin === relay.pin ? { relay: edge.level === relay.on } : {}) });
    },
    onLine: (text) => writeJson(io, { type: 'line', text }),
    onRestart: (count) => writeJson(io, { type: 'restart', count }),
    onBroker: (news) => writeJson(io, news),
  };
}

function inText({ relay }: Board, io: Io): Reports {
  const line = (text: string, at = new Date()) => void io.out.write(`${at.toISOString()} ${text}\n`);
  return {
    onEdge({ pin, level, ms }) {
      const isRelay = pin === relay.pin;
      line(`${isRelay ? 'relay' : pin} ${isRelay ? (level === relay.on ? 'on' : 'off') : level}`, new Date(ms));
    },
    onLine: (text) => line(`| ${text}`),
    onRestart: (count) => line(`restart ${count}`),
    onBroker(news) {
      if (news.type === 'broker') line(`broker ${news.url}`);
      else line(news.type === 'status' ? `${news.bell} is ${news.status}` : `${news.text}.`);
    },
  };
}

/** Espruino names an error of the system by its number. */
export function explainErrors(line: string): string {
  return line.replace(/\(err (\d+)\)/, (whole, number: string) => {
    const [, words] = getSystemErrorMap().get(-Number(number)) ?? [];
    return words === undefined ? whole : `(err ${number}: ${words})`;
  });
}
