import type { Io } from './command.ts';

/** Shows how far long work has come: a bar that is redrawn on a terminal, a line a step elsewhere. */
export interface Progress {
  /** `share` from 0 to 1. */
  at(share: number, text: string): void;
  /** Leaves the line, so that what follows starts on a new one. */
  done(): void;
}

const WIDTH = 24;
/** Elsewhere than on a terminal: a line every tenth. */
const STEPS = 10;

/** Progress on standard error, so that standard output stays the result. */
export function createProgress({ err }: Io): Progress {
  return err.isTTY === true ? bar(err) : lines(err);
}

function bar(err: Io['err']): Progress {
  let drawn = false;
  return {
    at(share, text) {
      const full = Math.round(share * WIDTH);
      const line = `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${percent(share)} ${text}`;
      err.write(`\r\x1b[K${line.slice(0, (err.columns ?? 80) - 1)}`);
      drawn = true;
    },
    done() {
      if (drawn) err.write('\n');
      drawn = false;
    },
  };
}

function lines(err: Io['err']): Progress {
  let said = '';
  return {
    at(share, text) {
      const line = `${Math.floor(share * STEPS)} ${text}`;
      if (line === said) return;
      said = line;
      err.write(`${percent(share)} ${text}\n`);
    },
    done: () => undefined,
  };
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`.padStart(5);
}
