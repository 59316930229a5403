import type { Board } from '../../../boards/board.ts';
import { boards, findBoard } from '../../../boards/index.ts';
import { HEADER, parseHeader, slotOffset, type Image } from '../../../firmware/core/boot/image.ts';
import { FILE, FIRST_UNIT } from '../../../firmware/core/layout.ts';
import { Failure } from '../failure.ts';
import type { EspruinoConsole, Greeting } from './console.ts';

/** What a device that runs says about itself over its console. */
export interface DeviceInfo extends Greeting {
  /** The kind of board that it was flashed for. */
  readonly kind: Board;
  /** Of the image in slot a; of that in slot b while there is none. */
  readonly firmware: string;
  /** As `5ccf7f123456`: what its name is made of when it has none. */
  readonly serial: string;
  /** Bytes of Storage that are free. */
  readonly free: number;
}

const RUN_FLASH = 'Run npx bell flash: it puts the firmware there and leaves the settings alone.';

/** Asks a device who it is. Throws a Failure when it does not run our firmware. */
export async function askDevice(console: EspruinoConsole): Promise<DeviceInfo> {
  const greeting = await console.greet();
  const image = await firstImage(console);
  if (!image) throw new Failure(`The device runs Espruino ${greeting.version} and no firmware of a bell`, RUN_FLASH);
  const kind = findBoard(image.board);
  if (!kind) throw new Failure(`The device was flashed for "${image.board}", which is no board here`, RUN_FLASH);
  const [serial, free] = await console.evaluate('[getSerial(),require("Storage").getFree()]') as [string, number];
  return { ...greeting, kind, firmware: image.version, serial, free };
}

/** The image in slot a, or in slot b: an update over the air begins with erasing the slot that is not in use. */
async function firstImage(console: EspruinoConsole): Promise<Image | undefined> {
  // Where slot a begins is the same for every board, and slot b follows behind it.
  const places = [slotOffset(0, 0), ...new Set(boards.map(({ slotUnits }) => slotOffset(1, slotUnits)))];
  for (const place of places) {
    const header = await console.evaluate(`require("Storage").read("${FILE}",${FIRST_UNIT + place},${HEADER})||""`);
    const image = parseHeader(String(header));
    if (image) return image;
  }
  return undefined;
}
