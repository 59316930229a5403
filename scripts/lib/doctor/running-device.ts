import type { Board } from '../../../boards/board.ts';
import { HEADER, parseHeader, slotOffset } from '../../../firmware/core/boot/image.ts';
import { FILE, FIRST_UNIT } from '../../../firmware/core/layout.ts';
import { defaultId } from '../../../firmware/core/settings/public.ts';
import type { EspruinoConsole } from '../console/console.ts';
import type { DeviceInfo } from '../console/device-info.ts';
import { port88, right, wrong, type Finding } from './finding.ts';
import { interpreterFinding } from './interpreter-story.ts';
import { loaderFinding, type KnownLoader } from './loader-finding.ts';
import { settingsFinding, storageFinding, type DeviceBroker } from './storage-finding.ts';
import { accessPointFindings, wifiFinding } from './wifi-story.ts';

const READ = 'require("Storage").read';
const FLASH = 'Run npx bell flash: it repairs what is damaged and leaves the settings alone.';

/** What is known about a device from elsewhere. */
export interface Expectations {
  /** The board that somebody takes it for. */
  readonly board?: Board | undefined;
  /** The loader of these sources for a board. */
  readonly loader?: ((board: Board) => Promise<KnownLoader>) | undefined;
  /** Asks the broker that the device has in its settings. */
  readonly broker?: ((broker: DeviceBroker, id: string) => Promise<Finding[]>) | undefined;
}

/** Looks at a device that answers at its console. Nothing is changed on it, and its relay is not touched. */
export async function examine(
  console: EspruinoConsole, info: DeviceInfo, { board, loader, broker }: Expectations = {},
): Promise<Finding[]> {
  const { kind, serial, version } = info;
  const settings = await settingsFinding(console);
  const findings = [
    right('device', `${kind.title}, serial number ${serial}.`),
    ...(board && board.id !== kind.id ? [otherBoard(board, kind)] : []),
    interpreterFinding(kind, version, info.board),
    await storageFinding(console, kind),
    await loaderFinding(console, await loader?.(kind)),
    await imageFinding(console, info),
    settings.finding,
    ...await networkFindings(console, info),
    ...(kind.chip === 'esp8266' ? [port88()] : []),
  ];
  const asked = settings.broker && await broker?.(settings.broker, settings.broker.id || defaultId(serial));
  const codes = findings.map(({ code }) => code);
  return [...findings, ...(asked ?? []).filter(({ code }) => !codes.includes(code))];
}

function otherBoard(board: Board, kind: Board): Finding {
  return wrong(
    'other-board', `It was flashed as ${kind.title}, and not as ${board.title}.`,
    `If it is one, its relay may be on another pin: npx bell flash makes it one, when ${board.id} is named.`,
  );
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

async function networkFindings(console: EspruinoConsole, { kind }: DeviceInfo): Promise<Finding[]> {
  if (kind.chip === 'linux') return [];
  const [status, address, offered] = await console.evaluate(
    '(function(w,s){return [s.station||"",w.getIP().ip||"",s.ap=="enabled"?w.getAPDetails().authMode||"?":""]})' +
    '(require("Wifi"),require("Wifi").getStatus())',
  ) as [string, string, string];
  return [wifiFinding(status, address), ...accessPointFindings(offered)];
}
