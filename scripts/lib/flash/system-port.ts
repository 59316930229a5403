import { NodeSerial } from './node-serial.ts';
import type { Port } from './ports.ts';
import type { SerialDevice } from './serial-device.ts';

/** A port of this computer, closed as yet. */
export function systemPort({ path, vendor, product }: Port): SerialDevice {
  return new NodeSerial(path, {
    ...(vendor === undefined ? {} : { vendor }), ...(product === undefined ? {} : { product }),
  });
}
