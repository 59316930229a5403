import type { Board } from '../../boards/board.ts';
import d1Mini from '../../boards/d1-mini.ts';
import linux from '../../boards/linux.ts';
import { makeFirmware, type Firmware } from './firmware.ts';
import { esp8266StandIn } from './shims.ts';

/** A bundle whose variables are counted. */
export interface Kind {
  readonly board: Board;
  readonly firmware: Firmware;
  /** A program that stands in for what the interpreter for Linux lacks. */
  readonly standIn: string;
}

/** The bundle of Linux as it is, and that of an ESP8266 with stand-ins for its radio. */
export async function makeKinds(): Promise<Kind[]> {
  const esp8266 = { ...d1Mini, storage: linux.storage };
  return [
    { board: linux, firmware: await makeFirmware(linux), standIn: '' },
    { board: d1Mini, firmware: await makeFirmware(esp8266), standIn: esp8266StandIn },
  ];
}
