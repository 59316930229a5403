import { randomBytes } from 'node:crypto';
import { newRing, readRing, STOP } from '../../firmware/core/bell/ring.ts';
import { textOf } from './command.ts';
import type { Values } from './command.ts';
import { Failure } from './failure.ts';

/** A ring as it is sent: always with an id, by which its outcome is known again. */
export interface RingRequest {
  readonly id: string;
  readonly payload: string;
  /** Whether the payload asks for silence instead. */
  readonly stop: boolean;
  /** How long it sounds, ms; 0 when only the bell knows. */
  readonly lengthMs: number;
}

/** Longest stroke that any board can do, ms. The bell's own limit is lower, and it says so itself. */
const LONGEST_STROKE = 60_000;

/**
 * Puts the payload and the options of `bell ring` into one ring. `now` is Unix time, s.
 * Throws a Failure for what no bell could understand.
 */
export function makeRequest(payload: string, values: Values, now: number): RingRequest {
  const said = readPayload(payload);
  const asked = readOptions(values, now);
  const twice = Object.keys(asked).find((name) => name in said);
  if (twice !== undefined) {
    throw new Failure(`The ring says its ${twice} twice, in the payload and as --${twice}`, 'Leave one of them out.');
  }
  const fields = { ...said, ...asked };
  const id = fields.id === undefined ? `host-${randomBytes(4).toString('hex')}` : String(fields.id);
  const text = JSON.stringify({ ...fields, id });
  const unknown = (name: string) => (typeof fields.pattern === 'string' && fields.pattern === name ? '1' : '');
  const ring = newRing();
  const wrong = readRing(ring, text, '1', unknown, LONGEST_STROKE);
  if (wrong === STOP) return { id, payload: text, stop: true, lengthMs: 0 };
  if (wrong) throw new Failure(`This is no ring: ${wrong}`, 'See bell ring --help.');
  const once = ring.pattern.reduce((sum, ms) => sum + ms, ring.gap);
  return { id, payload: text, stop: false, lengthMs: once * ring.times };
}

function readPayload(payload: string): Record<string, unknown> {
  if (!payload.startsWith('{')) return payload ? { pattern: payload } : {};
  try {
    return JSON.parse(payload) as Record<string, unknown>;
  } catch {
    const cure = 'Put it in single quotes, so that the shell leaves it whole.';
    throw new Failure('The payload starts like JSON and is not', cure);
  }
}

function readOptions(values: Values, now: number): Record<string, unknown> {
  const pattern = textOf(values, 'pattern');
  const id = textOf(values, 'id');
  const at = textOf(values, 'at');
  return {
    ...(pattern === undefined ? {} : { pattern }),
    ...number(values, 'times'),
    ...number(values, 'gap'),
    ...number(values, 'ttl'),
    ...(id === undefined ? {} : { id }),
    ...(at === undefined ? {} : { at: at === 'now' ? now : readTime(at) }),
  };
}

function readTime(text: string): number {
  if (!/^\d+$/.test(text)) throw new Failure(`--at takes "now" or the Unix time in s, not "${text}"`);
  return Number(text);
}

function number(values: Values, name: string): Record<string, number> {
  const text = textOf(values, name);
  return text === undefined ? {} : { [name]: toNumber(name, text) };
}

/** A whole number from an option; a Failure when it is none. */
export function toNumber(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Failure(`--${name} takes a whole number, not "${text}"`);
  return Number(text);
}
