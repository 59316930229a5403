import { writeJson, type Io } from '../command.ts';
import { createProgress } from '../progress.ts';
import type { NewPin } from './pins.ts';
import type { FlashEvent, FlashStep } from './steps.ts';

/** Tells what happens: a bar and sentences, or one JSON object an event. */
export interface Report {
  event(event: FlashEvent): void;
  /** Hashes that count from now on. */
  pinned(pins: readonly NewPin[], file: string): void;
  /** A sentence for a person; with JSON it goes to standard error. */
  say(sentence: string): void;
  /** The new password of the access point that a device opens when it has no network. */
  portal(name: string, password: string): void;
  /** The sentence at the end, and what a script gets of it. */
  end(sentence: string, fields: object): void;
  /** Leaves the bar, before something else is written. */
  pause(): void;
}

const NAMES: Readonly<Record<FlashStep, string>> = { interpreter: 'Interpreter', firmware: 'Firmware' };
const SETTINGS = { new: 'new ones stored', kept: 'kept', none: 'none yet; bell provision gives it some' };

export function createReport(io: Io, isJson: boolean): Report {
  const progress = createProgress(io);
  const say = (sentence: string) => {
    progress.done();
    (isJson ? io.err : io.out).write(`${sentence}\n`);
  };
  return {
    say,
    pause: () => progress.done(),
    event(event) {
      if (event.type === 'writing') return progress.at(event.share, `${event.step}: ${event.name}`);
      if (isJson) return writeJson(io, plain(event));
      const sentence = inWords(event);
      if (sentence !== '') say(sentence);
    },
    pinned(pins, file) {
      if (isJson) return writeJson(io, { type: 'pinned', pins, file });
      say(`Nobody publishes hashes of the interpreter. These count from now on (${file}):`);
      for (const { file: name, sha256 } of pins) say(`  ${sha256}  ${name}`);
    },
    portal(name, password) {
      if (isJson) return writeJson(io, { type: 'portal', name, password });
      say(`Without a network it opens an access point of its own: ${name}, password ${password}.`);
      say('Write that down: it is shown now, and else on the console of the bell alone.');
    },
    end(sentence, fields) {
      if (isJson) writeJson(io, { type: 'end', ...fields });
      else say(sentence);
    },
  };
}

function inWords(event: FlashEvent): string {
  switch (event.type) {
    case 'chip': return `${event.chip} ${event.mac}: ${event.board.title}.`;
    case 'warning': return `Mind: ${event.text}`;
    case 'written': return event.bytes === 0
      ? `${NAMES[event.step]}: right already, skipped.`
      : `${NAMES[event.step]}: ${Math.ceil(event.bytes / 1024)} KB written and compared.`;
    case 'settings': return `Settings: ${SETTINGS[event.state]}.`;
    default: return '';
  }
}

/** An event as a script wants it: of the board its id. */
function plain(event: FlashEvent): object {
  return event.type === 'chip' ? { ...event, board: event.board.id } : event;
}
