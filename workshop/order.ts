import type { Board } from '../boards/board.ts';
import { chunksOf, readLine } from '../firmware/core/update/manifest.ts';

/** What a device is asked for on its `update` topic, as far as it is shown. */
export interface Order {
  readonly serial: number;
  readonly do: 'run' | 'back' | 'key';
  /** Name of the image in topics; '' where there is none. */
  readonly image: string;
  readonly version: string;
  /** How many chunks the image has. */
  readonly of: number;
}

/** Bytes of a manifest's HMAC, by digest. */
const MAC = { SHA1: 20, SHA256: 32 } as const;

/** Reads a manifest, whoever may have published it; `payload` is its bytes as characters. Undefined when it is none. */
export function readOrder(payload: string, digest: Board['digest']): Order | undefined {
  const manifest = readLine(payload, MAC[digest]);
  if (!manifest || !['run', 'back', 'key'].includes(manifest.do)) return undefined;
  const { serial, do: deed, image = '', version = '' } = manifest;
  const of = deed === 'run' ? chunksOf(manifest) : 0;
  const isWhole = Number.isInteger(serial) && Number.isInteger(of) && of >= 0
    && typeof image === 'string' && typeof version === 'string';
  return isWhole ? { serial, do: deed, image, version, of } : undefined;
}
