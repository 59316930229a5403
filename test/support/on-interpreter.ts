import { rollup } from 'rollup';
import type { Board } from '../../boards/board.ts';
import { configure } from '../../rollup.config.js';
import { startInterpreter } from '../../scripts/lib/interpreter.ts';
import type { Interpreter } from '../../scripts/lib/interpreter.ts';

/** A run of the real interpreter: what it has printed, and how often it has restarted. */
export interface Run {
  readonly lines: string[];
  readonly restarts: () => number;
  readonly interpreter: Interpreter;
  /** Resolves with the first line that matches; fails when it ends or takes a minute. */
  line(pattern: RegExp): Promise<string>;
}

/** Boots the interpreter at `bin` from the content of a Storage. */
export function runStorage(bin: string, storage: Uint8Array): Run {
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let restarts = 0;
  let hasEnded = false;
  const wake = () => { for (const check of [...waiting]) check(); };
  const interpreter = startInterpreter({
    bin, storage,
    onLine: (line) => { lines.push(line); wake(); },
    onRestart: () => { restarts++; },
    onExit: () => { hasEnded = true; wake(); },
  });
  const line = (pattern: RegExp) => new Promise<string>((resolve, reject) => {
    const fail = () => { waiting.delete(check); reject(new Error(`no ${pattern} in:\n${lines.join('\n')}`)); };
    const timer = setTimeout(fail, 60_000);
    const check = () => {
      const found = lines.find((text) => pattern.test(text));
      if (found === undefined && !hasEnded) return;
      clearTimeout(timer);
      waiting.delete(check);
      if (found === undefined) fail();
      else resolve(found);
    };
    waiting.add(check);
    check();
  });
  return { lines, restarts: () => restarts, interpreter, line };
}

/** Builds a program for a board from a source that is no part of the firmware. */
export async function buildProgram(board: Board, input: string): Promise<string> {
  const options = configure(board, { name: 'loader', input, file: () => 'probe.js', shape: 'program' } as never);
  const build = await rollup(options);
  const { output } = await build.generate(options.output);
  await build.close();
  return output[0].code.trimEnd();
}
