import { HEADER } from '../boot/image.ts';
import { UNIT } from '../layout.ts';
import { hmac } from './hmac.ts';
import type { Digest } from './hmac.ts';

/**
 * A manifest: what a device is asked to do, authenticated. Its bytes are the HMAC of all that follows, then a line of
 * JSON and a line feed, and for `run` the first `HASH` bytes of the digest of each chunk, in order.
 */
export interface Manifest {
  /** Counts up with each manifest for a device, so that none can be replayed: 1 to 2^31 - 1. */
  serial: number;
  /** Id of the device. */
  to: string;
  /** Run an image, go back to the one in the other slot, or change the key. */
  do: 'run' | 'back' | 'key';
  /** For `run`: name of the image in topics, 16 hex digits. */
  image?: string;
  board?: string;
  version?: string;
  /** Bytes of the image, and of each chunk but the last. */
  size?: number;
  chunk?: number;
  /** 1: also when the version is not newer. */
  force?: 0 | 1;
  /** For `key`: 32 hex digits that the next key is made with. */
  salt?: string;
}

/** A manifest for `run`. */
export type Order = Required<Manifest>;

/** Bytes of one entry of the list. */
export const HASH = 12;

/** Longest line, bytes. */
export const LONGEST_LINE = 320;

/** The bytes of a manifest. `list` has `HASH` bytes for each chunk. */
export function encodeManifest(manifest: Manifest, list: string, key: string, digest: Digest): string {
  const line = JSON.stringify(manifest);
  if (line.length > LONGEST_LINE) throw new Error('a manifest has no room for ' + line);
  const signed = line + '\n' + list;
  return hmac(digest, key, signed, 0) + signed;
}

/** How many chunks an image has. */
export function chunksOf(manifest: Manifest): number {
  return Math.ceil((manifest.size as number) / (manifest.chunk as number));
}

/** Where the list starts in the bytes of a manifest whose HMAC has so many bytes. */
export function listStart(payload: string, mac: number): number {
  return payload.indexOf('\n', mac) + 1;
}

/** The line of a manifest, undefined when it is none. Only to be asked of bytes that are authentic: it parses them. */
export function readLine(payload: string, mac: number): Manifest | undefined {
  try {
    const manifest = JSON.parse(payload.substr(mac, listStart(payload, mac) - mac)) as Manifest;
    return manifest.serial > 0 ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Why a device does not do what an authentic manifest asks, or ''. `list` is the length of its list. The device has
 * this id, is this board, runs an older version or not, has taken the manifest with the serial `newest` before (0 for
 * none), and has slots of `room` bytes; it can receive chunks of `longest` bytes.
 */
export function refusal(
  manifest: Manifest, list: number, id: string, board: string, isNewer: boolean, newest: number, room: number,
  longest: number,
): string {
  if (manifest.to !== id) return 'for another device';
  if (manifest.serial <= newest) return 'replayed';
  if (manifest.do !== 'run') return '';
  if (manifest.board !== board) return 'for another board';
  const size = manifest.size as number;
  const chunk = manifest.chunk as number;
  // Size, chunks and list must fit the device and each other. In one expression, because memory is dearest here.
  const fits = size > HEADER && size <= room && chunk > 0 && chunk <= longest && chunk % 4 === 0 &&
    UNIT % chunk === 0 && list === Math.ceil(size / chunk) * HASH;
  if (!fits) return 'too large';
  return manifest.force || isNewer ? '' : 'not newer';
}

/**
 * What the bytes of a manifest say to a device with this key, or why they are refused. Nothing is understood before it
 * is authenticated.
 */
export function readManifest(payload: string, key: string, digest: Digest): Manifest | string {
  const mac = digest('').length;
  const start = listStart(payload, mac);
  if (!start || start > mac + LONGEST_LINE + 1) return 'malformed';
  if (!key) return 'this device has no key';
  if (hmac(digest, key, payload, mac) !== payload.substr(0, mac)) return 'wrong key';
  return readLine(payload, mac) || 'malformed';
}
