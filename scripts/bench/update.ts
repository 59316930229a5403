import { createHash } from 'node:crypto';
import type { Board } from '../../boards/board.ts';
import { makeHeader } from '../../firmware/core/boot/image.ts';
import { encodeManifest, HASH } from '../../firmware/core/update/manifest.ts';
import type { BenchBroker } from './broker.ts';
import { BELL, KEY } from './firmware.ts';

/** Bytes of the image: that of the firmware, more or less. */
const SIZE = 22_400;

let serial = Math.floor(Date.now() / 1000);

/** Puts a new image that no loader would start, and the manifest that asks for it, on the broker. */
export function update(broker: Pick<BenchBroker, 'retain'>, board: Pick<Board, 'id' | 'chunk'>): void {
  serial++;
  const bytes = imageOf(board.id, serial);
  const image = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  let list = '';
  for (let n = 0; n * board.chunk < bytes.length; n++) {
    const chunk = bytes.subarray(n * board.chunk, (n + 1) * board.chunk);
    list += sha1(chunk.toString('latin1')).slice(0, HASH);
    broker.retain(`bell/image/${image}/${n}`, chunk);
  }
  const manifest = encodeManifest({
    serial, to: BELL, do: 'run', image, board: board.id, version: '9.9.9', size: bytes.length, chunk: board.chunk,
  }, list, KEY, sha1);
  broker.retain(`bell/${BELL}/update`, Buffer.from(manifest, 'latin1'));
}

function imageOf(board: string, seed: number): Buffer {
  const header = makeHeader({ version: '9.9.9', board, size: SIZE - 128, crc: 0 });
  let code = '';
  for (let i = 0; code.length < SIZE; i++) code += `line ${i} of ${seed};`;
  return Buffer.from((header + code).slice(0, SIZE), 'latin1');
}

function sha1(bytes: string): string {
  return createHash('sha1').update(bytes, 'latin1').digest().toString('latin1');
}
