import type { Asked } from '../core/update/asked.ts';

/** `setTimeout` with what Espruino hands to the callback behind the time. */
const later = setTimeout as unknown as (callback: (code: string) => unknown, ms: number, code: string) => void;

/**
 * Has the loader answer: it is evaluated once more (docs/loader.md). By a timer, so that it runs outside of every
 * scope: what it makes would hold on to all that is around it. Takes some tenths of a second, and may write to flash.
 */
export function ask(asked: Asked): void {
  (global as unknown as { asked: Asked }).asked = asked;
  later(eval, 1, require('Storage').read('.bootcde') as string);
}
