import { flashModes, type FlashMode, type Interpreter, type Part } from '../../../boards/interpreters.ts';
import type { Region } from './write-regions.ts';

/** First byte of an image that a ROM starts. */
const IMAGE = 0xe9;

/** The files of an interpreter as they go into flash. `mode` is for modules that do not start with the usual one. */
export function interpreterRegions(
  interpreter: Interpreter, files: ReadonlyMap<Part, Uint8Array>, mode?: FlashMode,
): Region[] {
  return interpreter.parts.map((part) => {
    const data = files.get(part);
    if (!data) throw new Error(`${part.file} is missing`);
    return {
      name: part.file,
      address: part.offset,
      data: part.offset === 0 ? withHeader(interpreter, data, mode) : data,
      ...(part.isAlive === true ? { isAlive: true } : {}),
    };
  });
}

/** Tells an ESP8266 how its flash is wired. Other chips' images have a hash over these bytes and stay as they are. */
function withHeader({ flashHeader }: Interpreter, data: Uint8Array, mode?: FlashMode): Uint8Array {
  if (!flashHeader || data[0] !== IMAGE) return data;
  const changed = Uint8Array.from(data);
  changed[2] = flashModes[mode ?? flashHeader.mode];
  changed[3] = flashHeader.sizeAndClock;
  return changed;
}
