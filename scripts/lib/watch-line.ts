import { outcomeInWords } from '../../workshop/outcome-words.ts';

/** The topics on which a device speaks. The longer of two that end alike comes first. */
export const WATCHED = ['update/status', 'status', 'info', 'rang', 'button', 'stats'] as const;

/** A message of a device, read. */
export interface Sight {
  readonly bell: string;
  readonly topic: string;
  /** The payload: an object where it is JSON, otherwise the text. */
  readonly said: unknown;
}

/** Reads a message; undefined when it is not one that is watched. */
export function readSight(prefix: string, topic: string, payload: string): Sight | undefined {
  const leaf = WATCHED.find((end) => topic.endsWith(`/${end}`));
  if (!leaf || !topic.startsWith(`${prefix}/`)) return undefined;
  const bell = topic.slice(prefix.length + 1, -leaf.length - 1);
  return { bell, topic: leaf, said: readPayload(payload) };
}

/** A message in words, without time and name. */
export function inWords({ topic, said }: Sight): string {
  if (typeof said !== 'object' || said === null) return topic === 'status' ? String(said) : `${topic} ${String(said)}`;
  const fields = said as Record<string, unknown>;
  if (topic === 'rang' && typeof fields.outcome === 'string') return rang(fields as { outcome: string });
  if (topic === 'button') return `button: ${String(fields.event_type ?? JSON.stringify(said))}`;
  // The settings are for programs, which use --json.
  return `${topic}: ${list({ ...fields, settings: {} })}`;
}

function rang(fields: { outcome: string; id?: string }): string {
  return outcomeInWords(fields) + (fields.id ? ` [${fields.id}]` : '');
}

/** `{a: 1, b: {c: [2, 3]}}` as `a 1, b.c 2 3`. */
function list(fields: Record<string, unknown>, path = ''): string {
  return Object.entries(fields).map(([key, value]) => {
    if (Array.isArray(value)) return `${path}${key} ${value.join(' ') || 'none'}`;
    if (typeof value === 'object' && value !== null) return list(value as Record<string, unknown>, `${path}${key}.`);
    return `${path}${key} ${value === '' ? 'none' : String(value)}`;
  }).filter(Boolean).join(', ');
}

function readPayload(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
