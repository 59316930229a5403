import type { Asked } from '../core/update/asked.ts';

/** Has the loader answer: runs it once more (docs/loader.md). Takes some tenths of a second, and may write to flash. */
export function review(asked: Asked): void {
  const globals = global as unknown as { asked?: Asked };
  globals.asked = asked;
  (0, eval)(require('Storage').read('.bootcde') as string);
  delete globals.asked;
}
