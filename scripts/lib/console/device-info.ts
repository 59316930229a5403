import type { Board } from '../../../boards/board.ts';
import { findBoard } from '../../../boards/index.ts';
import { HEADER, parseHeader, slotOffset } from '../../../firmware/core/boot/image.ts';
import { FILE, FIRST_UNIT } from '../../../firmware/core/layout.ts';
import { Failure } from '../failure.ts';
import type { EspruinoConsole, Greeting } from './console.ts';

/** What a device that runs says about itself over its console. */
export interface DeviceInfo extends Greeting {
  /** The kind of board that it was flashed for. */
  readonly kind: Board;
  /** Of the image in slot a. */
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
  // Where slot a begins is the same for every board.
  const at = FIRST_UNIT + slotOffset(0, 0);
  const header = await console.evaluate(`require("Storage").read("${FILE}",${at},${HEADER})||""`);
  const image = parseHeader(String(header));
  if (!image) throw new Failure(`The device runs Espruino ${greeting.version} and no firmware of a bell`, RUN_FLASH);
  const kind = findBoard(image.board);
  if (!kind) throw new Failure(`The device was flashed for "${image.board}", which is no board here`, RUN_FLASH);
  const [serial, free] = await console.evaluate('[getSerial(),require("Storage").getFree()]') as [string, number];
  return { ...greeting, kind, firmware: image.version, serial, free };
}
