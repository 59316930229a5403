import type { Settings } from '../../../firmware/core/config.ts';
import { defaultId } from '../../../firmware/core/settings/public.ts';
import type { Io } from '../command.ts';
import { Failure } from '../failure.ts';
import { askSettings } from '../flash/ask-settings.ts';
import { withPortalPassword } from '../flash/portal-password.ts';
import { idOf, OnlineWatch, type Online } from '../flash/online.ts';
import { choosePort, describePort } from '../flash/ports.ts';
import { createReport, type Report } from '../flash/report.ts';
import { readConfig, type FlashWorld } from '../flash/run-flash.ts';
import { EspruinoConsole, type ConsoleOptions } from './console.ts';
import { askDevice, type DeviceInfo } from './device-info.ts';
import { readDeviceSettings } from './device-settings.ts';
import { handOver } from './provision.ts';

/** What was asked for on the command line. */
export interface ProvisionWish {
  readonly port?: string;
  readonly config?: string;
  readonly isJson: boolean;
  /** Seconds to wait for the bell to come online; 0: not at all. */
  readonly waitS: number;
}

/** What provisioning needs of this computer. A test has its own. */
export interface ProvisionWorld extends Pick<FlashWorld, 'listPorts' | 'open' | 'asker'> {
  readonly console?: ConsoleOptions;
}

/** Gives a flashed device its settings, and waits until it is online with them. Gives the exit code. */
export async function runProvision(wish: ProvisionWish, world: ProvisionWorld, io: Io): Promise<number> {
  const report = createReport(io, wish.isJson);
  const port = await choosePort(wish.port, world.listPorts, world.asker);
  report.say(`Port: ${describePort(port)}.`);
  const console = await EspruinoConsole.open(world.open(port), io.signal, world.console);
  try {
    const info = await askDevice(console);
    report.say(`${info.kind.title}, firmware ${info.firmware}, Espruino ${info.version}.`);
    const given = await settingsFor(info, wish, world, io, report);
    if (!given) {
      report.end('Nothing was changed.', { id: null, online: null });
      return 0;
    }
    const { settings, isNew } = withPortalPassword(given, await readDeviceSettings(console));
    if (isNew) report.portal(idOf(settings, info.serial), settings.portal.password);
    const online = await takeAndWait(console, info, settings, wish.waitS, io, report);
    const id = idOf(settings, info.serial);
    report.end(lastSentence(id, online), { id, board: info.kind.id, online: online ?? null });
    return 0;
  } finally {
    await console.close();
  }
}

async function settingsFor(
  info: DeviceInfo, { config }: ProvisionWish, { asker }: ProvisionWorld, io: Io, report: Report,
): Promise<Settings | undefined> {
  if (config !== undefined) return readConfig(config, info.kind, io, report);
  if (asker) return askSettings(info.kind, asker, report.say, defaultId(info.serial));
  throw new Failure('There is nobody to ask for the settings', 'Name a file with --config bell.json.');
}

async function takeAndWait(
  console: EspruinoConsole, info: DeviceInfo, settings: Settings, waitS: number, io: Io, report: Report,
): Promise<Online | undefined> {
  let watch: OnlineWatch | Failure | undefined;
  const beforeStart = async () => {
    if (waitS === 0) return;
    watch = await OnlineWatch.begin(settings, info.serial).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
  };
  try {
    await handOver(console, info, settings, { beforeStart });
    report.say('Settings: stored.');
    const id = idOf(settings, info.serial);
    if (watch instanceof Failure) {
      const text = `${id} has its settings; whether it comes online cannot be seen from here: ${watch.message}`;
      throw new Failure(text, watch.cure);
    }
    if (watch) report.say(`Waiting for ${id} at ${settings.mqtt.host}, up to ${waitS} s …`);
    return await watch?.wait(waitS, io.signal);
  } finally {
    if (watch instanceof OnlineWatch) watch.close();
  }
}

function lastSentence(id: string, online: Online | undefined): string {
  if (!online) return `${id} has its settings.`;
  const at = online.address === '' ? '' : ` at ${online.address}`;
  return `${id} is online${at} with ${online.version}. Ring it: npx bell ring ${id}`;
}
