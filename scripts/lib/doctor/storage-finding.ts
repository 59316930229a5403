import type { Board } from '../../../boards/board.ts';
import { copyStart, COPY_HEADER } from '../../../firmware/core/copy.ts';
import { FILE, FIRST_UNIT, fileLength, SETTINGS, SETTINGS_UNITS } from '../../../firmware/core/layout.ts';
import { IMPORT } from '../../../firmware/core/settings/import.ts';
import type { EspruinoConsole } from '../console/console.ts';
import { mind, right, wrong, type Finding } from './finding.ts';

const READ = 'require("Storage").read';
const FLASH = 'Run npx bell flash: it repairs what is damaged and leaves the settings alone.';

/** What the settings of a device say of its broker. No secret is asked for. */
export interface DeviceBroker {
  /** '' when it has none of its own. */
  readonly id: string;
  readonly prefix: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Whether the firmware's own file is where it writes, the first of Storage and of its length. */
export async function storageFinding(console: EspruinoConsole, { storage, slotUnits }: Board): Promise<Finding> {
  const first = await console.evaluate(`E.toString(require("Flash").read(${FILE.length + 1},${storage.address + 4}))`);
  const length = await console.evaluate(`(${READ}("${FILE}")||"").length`);
  if (first === `${FILE}\0` && length === fileLength(slotUnits)) return right('storage', 'Storage is in order.');
  return wrong('storage', 'Storage is damaged: the file of the firmware is not where it has to be.', FLASH);
}

/** Looks at the settings; also gives what they say of the broker, where they are whole. */
export async function settingsFinding(
  console: EspruinoConsole,
): Promise<{ finding: Finding; broker: DeviceBroker | undefined }> {
  const copies = [await readCopy(console, 0), await readCopy(console, 1)];
  const whole = copies.filter((copy) => copy !== 'none' && copy !== 'damaged');
  const newest = whole.reduce<(typeof whole)[number] | undefined>((best, copy) => {
    return best === undefined || (copy.count - best.count & 0xffff) < 0x8000 ? copy : best;
  }, undefined);
  if (!newest) {
    const finding = copies.includes('damaged')
      ? wrong('settings', 'Its settings are damaged.', 'Run npx bell provision.')
      : wrong('no-settings', 'It has no settings, so no network.', 'Run npx bell provision.');
    return { finding, broker: undefined };
  }
  const broker = await brokerIn(console, newest.start, newest.length);
  if (await console.evaluate(`${READ}("${IMPORT}")?1:0`) === 1) {
    const cure = 'Run npx bell provision again; if it stays so, npx bell flash.';
    return { finding: wrong('settings', 'Settings wait to be taken over, and are not.', cure), broker };
  }
  if (copies.includes('damaged')) {
    const cure = 'Run npx bell provision: it writes that copy anew.';
    const what = 'One of the two copies of its settings is damaged; the other counts.';
    return { finding: mind('settings', what, cure), broker };
  }
  return { finding: right('settings', 'It has settings.'), broker };
}

interface WholeCopy {
  readonly count: number;
  readonly start: number;
  readonly length: number;
}

/** One copy: its head says how long it is and what checksum it has, and no secret. */
async function readCopy(console: EspruinoConsole, place: number): Promise<WholeCopy | 'none' | 'damaged'> {
  const start = FIRST_UNIT + copyStart(SETTINGS, SETTINGS_UNITS, place);
  const text = String(await console.evaluate(`${READ}("${FILE}",${start - COPY_HEADER},${COPY_HEADER})||""`));
  if (/^\xff*$/.test(text)) return 'none';
  if (text.length < COPY_HEADER || !text.startsWith('BELL')) return 'damaged';
  const half = (at: number) => text.charCodeAt(at) + text.charCodeAt(at + 1) * 256;
  const length = half(6);
  const crc = await console.evaluate(`E.CRC32(${READ}("${FILE}",${start},${length})||"")`);
  return crc === half(8) + half(10) * 65536 ? { count: half(4), start, length } : 'damaged';
}

async function brokerIn(console: EspruinoConsole, start: number, length: number): Promise<DeviceBroker | undefined> {
  const found = await console.evaluate(
    `(function(s){return [s.id||"",s.prefix,s.mqtt.host||"",s.mqtt.port,s.mqtt.tls?1:0]})` +
    `(JSON.parse(${READ}("${FILE}",${start},${length})))`,
  ) as [string, string, string, number, number];
  const [id, prefix, host, port, tls] = found;
  return host === '' ? undefined : { id, prefix, host, port, tls: tls === 1 };
}
