import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { textOf, type Io, type Option, type Values } from '../command.ts';
import { Failure } from '../failure.ts';
import { writeSafely } from './safe-file.ts';

/** Keys of updates: each is 64 hex digits. They never travel, and are never shown. */
export interface Keys {
  /** The key of every device that has none of its own. */
  fleet?: string;
  readonly devices: Map<string, string>;
  /** Keys that devices have been asked to change to, and have not confirmed. */
  readonly next: Map<string, string>;
  /** Keys that devices had, or may have, before. Kept, because what confirms a change is not authenticated. */
  readonly before: Map<string, string[]>;
}

/** How a command finds the keys. */
export const keysOption: Readonly<Record<string, Option>> = {
  keys: { type: 'string', value: 'FILE', help: 'the keys of the devices (bell.keys.json); readable by you alone' },
};

/** Earlier keys of one device that are kept. */
const MOST_BEFORE = 8;

/** A new key. */
export function makeKey(): string {
  return randomBytes(32).toString('hex');
}

/** The name of the file of keys, as the user gave it, and its place. */
export function keysFile(values: Values, io: Io): { name: string; path: string } {
  const name = textOf(values, 'keys') ?? 'bell.keys.json';
  return { name, path: resolve(io.cwd, name) };
}

/** The keys of a file; none when there is no file. Throws a Failure when others may read it. */
export function readKeys({ name, path }: { name: string; path: string }): Keys {
  let text: string;
  try {
    const { mode } = statSync(path);
    if (process.platform !== 'win32' && mode & 0o077) {
      throw new Failure(`${name} can be read by others, and keys must not be`, `Say chmod 600 ${name}.`);
    }
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return fromJson(name, {});
    if (error instanceof Failure) throw error;
    throw new Failure(`${name} cannot be read`);
  }
  return fromJson(name, parse(name, text));
}

/** Writes the keys, readable by the owner alone. */
export function writeKeys(path: string, { fleet, devices, next, before }: Keys): void {
  const part = (name: string, map: Map<string, unknown>) => (map.size ? { [name]: Object.fromEntries(map) } : {});
  const json = { ...(fleet === undefined ? {} : { fleet }), ...part('devices', devices), ...part('next', next),
    ...part('before', before) };
  writeSafely(path, `${JSON.stringify(json, null, 2)}\n`, 0o600);
}

/** The keys that a device may have, the likeliest first. */
export function keysOf({ fleet, devices, next, before }: Keys, id: string): string[] {
  const all = [devices.get(id), next.get(id), ...(before.get(id) ?? []), fleet];
  return [...new Set(all)].filter((key) => key !== undefined);
}

/** The own key of a device, or of the fleet where no id is given, made when there is none. */
export function ensureKey(keys: Keys, id: string | undefined): { key: string; isNew: boolean } {
  if (id !== undefined && !/^[a-z0-9-]{1,32}$/.test(id)) {
    throw new Failure(`"${id}" is no id of a device`, 'An id is 1 to 32 of a-z, 0-9 and -.');
  }
  const known = id === undefined ? keys.fleet : keys.devices.get(id);
  const key = known ?? makeKey();
  if (id === undefined) keys.fleet = key;
  else keys.devices.set(id, key);
  return { key, isNew: known === undefined };
}

/** Books that a device has been asked to change to a key, before it is asked. */
export function awaitKey(keys: Keys, id: string, key: string): void {
  // Perhaps it took the one that it was asked for earlier, and the answer was lost.
  remember(keys, id, keys.next.get(id));
  keys.next.set(id, key);
}

/** Books that a device has this key: it has just taken something under it. False when that was known. */
export function settleKey(keys: Keys, id: string, key: string): boolean {
  const known = keys.devices.get(id) ?? keys.fleet;
  if (keys.next.get(id) !== key) remember(keys, id, keys.next.get(id));
  const isAwaited = keys.next.delete(id);
  if (known === key) return isAwaited;
  remember(keys, id, keys.devices.get(id));
  keys.devices.set(id, key);
  return true;
}

function remember({ before }: Keys, id: string, key: string | undefined): void {
  if (key === undefined) return;
  const others = (before.get(id) ?? []).filter((old) => old !== key);
  before.set(id, [key, ...others].slice(0, MOST_BEFORE));
}

function parse(name: string, text: string): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return json as Record<string, unknown>;
  } catch {
    // The text is not repeated: it is secret.
  }
  throw new Failure(`${name} is not JSON`, 'Take it from a backup; a lost key is replaced over USB.');
}

function fromJson(name: string, json: Record<string, unknown>): Keys {
  const key = (place: string, value: unknown): string => {
    if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value;
    throw new Failure(`${name} has a key at ${place} that is not 64 of 0-9 and a-f`);
  };
  const entries = (part: string) => Object.entries(json[part] ?? {});
  const map = (part: string) => new Map(entries(part).map(([id, value]) => [id, key(`${part}.${id}`, value)]));
  const list = (id: string, values: unknown) => [values].flat().map((value) => key(`before.${id}`, value));
  return {
    ...(json['fleet'] === undefined ? {} : { fleet: key('fleet', json['fleet']) }),
    devices: map('devices'),
    next: map('next'),
    before: new Map(entries('before').map(([id, values]) => [id, list(id, values)])),
  };
}
