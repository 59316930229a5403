import { flatten } from './bytes.ts';
import type { Chip } from './chip.ts';
import type { Interpreter } from './interpreter.ts';
import type { Storage } from './storage.ts';
import { typeName } from './type-name.ts';

/** `require('Flash')`: the flash below Storage. */
export function flashApi(interpreter: Interpreter, storage: Storage, chip: Chip): Record<string, unknown> {
  const { flash } = storage;
  return interpreter.object({
    read: (length: number, address: number) =>
      (length > 0 ? new interpreter.js.Uint8Array(flash.read(address, length)) : undefined),
    write: (data: unknown, address: number) => {
      if (data === undefined) throw interpreter.error('Data is not defined');
      storage.writeBytes(address, flatten(data) ?? new Uint8Array(0));
    },
    erasePage: (address: unknown) => {
      if (typeof address !== 'number' || !Number.isInteger(address)) {
        throw interpreter.error(`Address should be an integer, got ${typeName(address)}`);
      }
      flash.erase(address);
    },
    getPage: (address: number) => {
      const page = flash.pageOf(address);
      return page === undefined ? undefined : interpreter.object({ addr: page, length: flash.pageSize });
    },
    getFree: () => interpreter.array(freeAreas(chip).map(([addr, length]) => interpreter.object({ addr, length }))),
  });
}

/** What `Flash.getFree()` names on each chip. Not Storage on the chips, all of it on Linux. */
function freeAreas(chip: Chip): [number, number][] {
  if (chip.name === 'linux') return [[chip.storage.address, chip.storage.pages * chip.storage.pageSize]];
  if (chip.family === 'esp32') return [[0xE000, 0x2000], [0x310000, 0x10000], [0x360000, 0xA0000]];
  return [[0x200000, 0x100000], [0x300000, 0x40000], [0x340000, 0x40000], [0x380000, 0x40000], [0x3C0000, 0x3B000]];
}
