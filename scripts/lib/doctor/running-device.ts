import { interpreterOf } from '../../../boards/interpreters.ts';
import { HEADER, parseHeader, slotOffset } from '../../../firmware/core/boot/image.ts';
import { FILE, FIRST_UNIT, settingsUnit, UNIT } from '../../../firmware/core/layout.ts';
import { IMPORT } from '../../../firmware/core/settings/import.ts';
import type { EspruinoConsole } from '../console/console.ts';
import type { DeviceInfo } from '../console/device-info.ts';
import { mind, port88, right, wrong, type Finding } from './finding.ts';
import { wifiFinding } from './wifi-story.ts';

const READ = 'require("Storage").read';
const FLASH = 'Run npx bell flash: it repairs what is damaged and leaves the settings alone.';

/** Looks at a device that answers at its console. Nothing is changed on it, and its relay is not touched. */
export async function examine(console: EspruinoConsole, info: DeviceInfo): Promise<Finding[]> {
  return [
    right('device', `${info.kind.title}, serial number ${info.serial}.`),
    interpreterFinding(info),
    await loaderFinding(console),
    await imageFinding(console, info),
    await settingsFinding(console),
    ...await networkFindings(console, info),
    ...(info.kind.chip === 'esp8266' ? [port88()] : []),
  ];
}

function interpreterFinding({ kind, version, board }: DeviceInfo): Finding {
  const wanted = interpreterOf(kind)?.version ?? version;
  if (kind.chip === 'esp8266' && board === 'ESP8266_BOARD') {
    return wrong('interpreter', `The interpreter is the one for 512 KB (${board}).`, FLASH);
  }
  if (version === wanted) return right('interpreter', `Espruino ${version}.`);
  return mind('interpreter', `Espruino ${version}; the firmware was tried with ${wanted}.`, FLASH);
}

async function loaderFinding(console: EspruinoConsole): Promise<Finding> {
  const found = await console.evaluate(`(${READ}(".bootcde")||"").length`) as number;
  const others = await console.evaluate('require("Storage").list(/^\\.boot/).join(" ")');
  if (found === 0) return wrong('loader', 'The loader is missing.', FLASH);
  if (others === '.bootcde') return right('loader', 'The loader is there.');
  return mind('loader', `Beside the loader there is other boot code: ${String(others)}.`, FLASH);
}

async function imageFinding(console: EspruinoConsole, { kind }: DeviceInfo): Promise<Finding> {
  const whole: string[] = [];
  for (const slot of [0, 1]) {
    const at = FIRST_UNIT + slotOffset(slot, kind.slotUnits);
    const header = parseHeader(String(await console.evaluate(`${READ}("${FILE}",${at},${HEADER})||""`)));
    if (!header || header.board !== kind.id) continue;
    const crc = `E.CRC32(${READ}("${FILE}",${at + HEADER},${header.size}))`;
    if (await console.evaluate(crc) === header.crc) whole.push(`${header.version} in slot ${'ab'[slot]}`);
  }
  if (whole.length === 0) return wrong('image', 'No slot has a whole image: the device is in safe mode.', FLASH);
  return right('image', `Firmware ${whole.join(' and ')}.`);
}

async function settingsFinding(console: EspruinoConsole): Promise<Finding> {
  const mark = (copy: number) => `${READ}("${FILE}",${FIRST_UNIT + settingsUnit(copy) * UNIT},4)=="BELL"`;
  const copies = await console.evaluate(`(${mark(0)}?1:0)+(${mark(1)}?1:0)`) as number;
  if (await console.evaluate(`${READ}("${IMPORT}")?1:0`) === 1) {
    const cure = 'Run npx bell provision again; if it stays so, npx bell flash.';
    return wrong('settings', 'Settings wait to be taken over, and are not.', cure);
  }
  if (copies === 0) return wrong('no-settings', 'It has no settings, so no network.', 'Run npx bell provision.');
  return right('settings', 'It has settings.');
}

async function networkFindings(console: EspruinoConsole, { kind }: DeviceInfo): Promise<Finding[]> {
  if (kind.chip === 'linux') return [];
  const [status, address] = await console.evaluate(
    '(function(w){return [w.getStatus().station||"",w.getIP().ip||""]})(require("Wifi"))',
  ) as [string, string];
  return [wifiFinding(status, address)];
}
