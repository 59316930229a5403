import type { Lonely } from '../core/portal/asked.ts';
import type { Asked } from '../core/update/asked.ts';

/** `setTimeout` with what Espruino hands to the callback behind the time. */
const later = setTimeout as unknown as (callback: (code: string) => unknown, ms: number, code: string) => void;

/**
 * Has the program in a file of Storage answer: the loader (docs/loader.md) or the access point (docs/portal.md). By a
 * timer, so that it runs outside of every scope: what it makes would hold on to all that is around it. Takes some
 * tenths of a second, and may write to flash. A file that is not there does nothing.
 */
export function ask(file: string, asked: Asked | Lonely): void {
  (global as unknown as { asked: unknown }).asked = asked;
  later(eval, 1, require('Storage').read(file) as string);
}
