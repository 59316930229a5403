/** One request to sound the bell, understood and within the grammar's limits. */
export interface Ring {
  /** Strokes and rests in turn, ms: on, off, on … */
  pattern: number[];
  /** How often the pattern is played, and the rest between, ms. */
  times: number;
  gap: number;
  /** The sender's name for this ring; '' when it has none. */
  id: string;
  /** Unix time at which it was sent, s, and for how many seconds it is worth ringing; 0 when not said. */
  at: number;
  ttl: number;
}

/** Limits of the grammar; those of the relay are the guard's. */
const MOST_NUMBERS = 31;
const MOST_TIMES = 50;
export const LONGEST_REST = 10000;
const LONGEST_RING = 60000;
const LONGEST_ID = 64;
/** Longest payload and longest pattern, bytes: what they are taken apart into costs up to a variable for each byte. */
const LONGEST_PAYLOAD = 512;
const LONGEST_PATTERN = 248;

/**
 * Strokes from a text like `200` or `200,100,200`, none of them longer than `strokeMs`.
 * Gives the reason when it is not one.
 */
export function parsePattern(text: string, strokeMs: number): number[] | string {
  const pattern: number[] = [];
  if (text.length > LONGEST_PATTERN) return 'a pattern may have at most ' + LONGEST_PATTERN + ' characters';
  const parts = text.split(',');
  if (parts.length > MOST_NUMBERS) return 'a pattern has at most ' + MOST_NUMBERS + ' numbers';
  for (let i = 0; i < parts.length; i++) {
    const part = (parts[i] as string).trim();
    const ms = parseInt(part, 10);
    if (!/^[0-9]+$/.test(part) || ms < 1) return 'a pattern is whole numbers of ms with commas: on,off,on';
    if (i & 1 && ms > LONGEST_REST) return 'a rest may last at most ' + LONGEST_REST + ' ms';
    if (!(i & 1) && ms > strokeMs) return 'a stroke may last at most ' + strokeMs + ' ms';
    pattern.push(ms);
  }
  return pattern;
}

/** A whole number within limits from a field of JSON, `standard` when the field is not there, -1 when it is wrong. */
function whole(value: unknown, standard: number, least: number, most: number): number {
  if (value === undefined) return standard;
  if (typeof value !== 'number' || Math.floor(value) !== value || value < least || value > most) return -1;
  return value;
}

/** Strokes from what was asked for: nothing in particular, numbers, or a name. */
function strokesOf(
  asked: string,
  standard: string,
  named: (name: string) => string,
  strokeMs: number,
): number[] | string {
  const wanted = ['', '1', 'RING', 'PRESS', 'ON'].indexOf(asked.toUpperCase()) < 0 ? asked : standard;
  const text = /^[0-9]/.test(wanted) ? wanted : named(wanted);
  return text ? parsePattern(text, strokeMs) : 'no pattern has this name';
}

/** What `readRing` gives for a payload that means silence. */
export const STOP = 'stop';

/** A ring of which nothing is known yet. */
export function newRing(): Ring {
  return { pattern: [], times: 1, gap: 300, id: '', at: 0, ttl: 0 };
}

/**
 * Reads a payload of `bell/<name>/ring` (docs/rings.md has the grammar) into a new ring.
 *
 * `standard` is the default pattern, and `named` finds a pattern by its name or gives ''. Gives '' for a ring, STOP, or
 * the reason why it is neither; the ring has its id in any case, if only that can be read.
 */
export function readRing(
  ring: Ring,
  payload: string,
  standard: string,
  named: (name: string) => string,
  strokeMs: number,
): string {
  const text = payload.trim();
  let pattern: unknown = text;

  if (text.length > LONGEST_PAYLOAD) return 'a ring may have at most ' + LONGEST_PAYLOAD + ' bytes';
  if (text.charAt(0) === '{') {
    // Nested input would be parsed by recursion, and the chip's stack has no guard.
    if (text.lastIndexOf('{') > 0 || text.indexOf('[') !== text.lastIndexOf('[')) return 'nested too deep';
    let fields: { [key: string]: unknown };
    try {
      fields = JSON.parse(text);
    } catch {
      return 'not valid JSON';
    }
    const id = fields.id === undefined ? '' : '' + fields.id;
    // It is echoed in JSON, and a chip cannot print a byte above 126 there as it came.
    if (id.length > LONGEST_ID || /[^ -~]/.test(id)) {
      return 'id may have at most ' + LONGEST_ID + ' characters, all of them ASCII';
    }
    ring.id = id;
    pattern = fields.pattern === undefined ? '' : fields.pattern;
    if (Array.isArray(pattern)) pattern = pattern.join(',');
    ring.times = whole(fields.times, 1, 1, MOST_TIMES);
    if (ring.times < 0) return 'times must be a whole number from 1 to ' + MOST_TIMES;
    ring.gap = whole(fields.gap, 300, 1, LONGEST_REST);
    if (ring.gap < 0) return 'gap must be a whole number from 1 to ' + LONGEST_REST + ' ms';
    ring.ttl = whole(fields.ttl, 0, 1, 86400);
    if (ring.ttl < 0) return 'ttl must be a whole number from 1 to 86400 s';
    if (fields.at !== undefined && typeof fields.at !== 'number') return 'at must be Unix time in s';
    ring.at = (fields.at as number) || 0;
  }
  const asked = '' + pattern;
  if (asked === '0' || asked.toUpperCase() === 'OFF') return STOP;
  const strokes = strokesOf(asked, standard, named, strokeMs);
  if (typeof strokes === 'string') return strokes;
  ring.pattern = strokes;
  let length = ring.gap;
  for (let i = 0; i < strokes.length; i++) length += strokes[i] as number;
  if (length * ring.times - ring.gap > LONGEST_RING) return 'a ring may last at most ' + LONGEST_RING + ' ms';
  return '';
}
