import { FAULT_NAMES } from './bad-images.ts';
import type { PageMessage } from './messages.ts';

/** Longest message that a page may send; a ring payload is far below it. */
export const PAGE_MESSAGE_LIMIT = 8192;

/** How much faster than ours a device's time may run. */
const SPEEDS: readonly number[] = [1, 10];

/** Reads what came from a page; `undefined` when it is none of the messages that a page sends. */
export function readPageMessage(text: string): PageMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isPageMessage(value) ? value : undefined;
}

function isPageMessage(value: unknown): value is PageMessage {
  if (typeof value !== 'object' || value === null) return false;
  const message = value as Record<string, unknown>;
  switch (message.do) {
    case 'ring': return isName(message.name) && typeof message.payload === 'string';
    case 'stop': return isName(message.name);
    case 'power':
    case 'wifi': return typeof message.device === 'string' && typeof message.on === 'boolean';
    case 'speed': return typeof message.device === 'string' && SPEEDS.includes(message.times as number);
    case 'push': return isName(message.name) && ['good', ...FAULT_NAMES].includes(message.kind as string);
    case 'leave': return true;
    case 'button': return typeof message.device === 'string' && typeof message.down === 'boolean';
    default: return false;
  }
}

/** One level of a topic, and no wildcard: anything else would make the broker close the page's connection. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[^/+#\0]{1,64}$/.test(value);
}
