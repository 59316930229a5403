import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rollup } from 'rollup';
import type { Board } from '../../boards/board.ts';
import { configure, entries } from '../../rollup.config.js';
import { startInterpreter } from '../../scripts/lib/interpreter.ts';
import type { Interpreter } from '../../scripts/lib/interpreter.ts';
import { root } from '../../scripts/lib/paths.ts';

const [, loader] = entries;

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

/**
 * Builds a program for a board like the loader, from the text of a source that is no part of the
 * firmware. Its imports are named from the root of the repository: '/firmware/…'.
 */
export async function buildProgram(board: Board, source: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'bell-probe-'));
  const input = join(folder, 'probe.ts');
  writeFileSync(input, source.replaceAll("from '/", `from '${root}/`));
  try {
    const options = configure(board, { ...loader, input } as unknown as typeof loader);
    const build = await rollup(options);
    const { output } = await build.generate(options.output);
    await build.close();
    return output[0].code.trimEnd();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
