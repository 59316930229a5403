import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FlashMode } from '../../../boards/interpreters.ts';
import type { Board } from '../../../boards/board.ts';
import { boards } from '../../../boards/index.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { defaultId } from '../../../firmware/core/settings/public.ts';
import type { Io } from '../command.ts';
import { Failure } from '../failure.ts';
import { namedBoard } from '../named-board.ts';
import { readSettings } from '../read-settings.ts';
import { putSettings } from '../storage-image.ts';
import { askSettings } from './ask-settings.ts';
import type { Asker } from './asker.ts';
import { cacheFolder } from './cache.ts';
import { obtainImages } from './images.ts';
import { idOf, OnlineWatch, type Online } from './online.ts';
import { Pins } from './pins.ts';
import { isBare } from './portal-password.ts';
import { choosePort, describePort, type Port } from './ports.ts';
import { createReport, type Report } from './report.ts';
import type { RomOptions } from './connect-rom.ts';
import type { SerialDevice } from './serial-device.ts';
import { flashDevice, type FlashJob, type FoundDevice, type Provision } from './steps.ts';
import { withPortal } from './with-portal.ts';

/** What was asked for on the command line. */
export interface FlashWish {
  readonly port?: string;
  readonly board?: string;
  readonly images?: string;
  readonly config?: string;
  /** Whether a download needs no question. */
  readonly isYes: boolean;
  readonly isJson: boolean;
  readonly flashMode?: FlashMode;
  /** Seconds to wait for the bell to come online; 0: not at all. */
  readonly waitS: number;
}

/** What flashing needs of this computer. A test has its own. */
export interface FlashWorld {
  listPorts(): Promise<readonly Port[]>;
  open(port: Port): SerialDevice;
  factory(board: Board): Promise<Uint8Array>;
  readonly fetch: typeof fetch;
  readonly asker: Asker | undefined;
  readonly rom: RomOptions;
  readonly provision?: Provision;
}

/** Gives the settings of a device that was found; undefined leaves those that it has. */
export type SettingsFor = (device: FoundDevice) => Promise<Settings | undefined>;

/** Flashes one board, and waits until the bell is online. Gives the exit code. */
export async function runFlash(wish: FlashWish, world: FlashWorld, io: Io): Promise<number> {
  const report = createReport(io, wish.isJson);
  const port = await choosePort(wish.port, world.listPorts, world.asker);
  report.say(`Port: ${describePort(port)}.`);
  const given = settingsFrom(wish, world, io, report);
  const settings: SettingsFor = async (device) => withPortal(await given(device), device, report.portal);
  const { found, online } = await flashAt(port, wish, world, io, report, settings);
  const id = found.known && !isBare(found.known) ? idOf(found.known, found.mac) : undefined;
  report.end(lastSentence(found, id, online), { id, board: found.board.id, mac: found.mac, online: online ?? null });
  return 0;
}

/** Flashes the board at a port. */
export async function flashAt(
  port: Port, wish: FlashWish, world: FlashWorld, io: Io, report: Report, settings: SettingsFor,
): Promise<{ found: FoundDevice; online: Online | undefined }> {
  let watch: OnlineWatch | Failure | undefined;
  const beforeStart = async ({ known, mac }: FoundDevice) => {
    if (!known?.mqtt.host || wish.waitS === 0) return;
    watch = await OnlineWatch.begin(known, mac).catch((error: unknown) => {
      if (error instanceof Failure) return error;
      throw error;
    });
  };
  try {
    const job = { ...makeJob(wish, world, io, report), settings, beforeStart };
    const found = await flashDevice(world.open(port), job, report.event, io.signal);
    return { found, online: await waitFor(watch, found, wish.waitS, io, report) };
  } finally {
    report.pause();
    if (watch instanceof OnlineWatch) watch.close();
  }
}

async function waitFor(
  watch: OnlineWatch | Failure | undefined, { known, mac }: FoundDevice, waitS: number, io: Io, report: Report,
): Promise<Online | undefined> {
  if (!watch || !known) return undefined;
  const id = idOf(known, mac);
  if (watch instanceof Failure) {
    const text = `${id} is flashed; whether it comes online cannot be seen from here: ${watch.message}`;
    throw new Failure(text, watch.cure);
  }
  report.say(`Waiting for ${id} at ${known.mqtt.host}, up to ${waitS} s …`);
  return watch.wait(waitS, io.signal);
}

function makeJob(wish: FlashWish, world: FlashWorld, io: Io, report: Report): Omit<FlashJob, 'settings'> {
  const { asker } = world;
  return {
    boards: candidates(wish.board),
    chooseBoard: async (chip, list) => {
      if (asker) return list[await asker.choose(`Which board with an ${chip} is it?`, list.map(({ title }) => title))]!;
      const ids = list.map(({ id }) => id);
      throw new Failure(`Several boards have an ${chip}: ${ids.join(', ')}`, `Name it, for example --board ${ids[0]}.`);
    },
    images: async (interpreter) => {
      report.pause();
      const cache = cacheFolder(io);
      const { files, pinned } = await obtainImages(interpreter, {
        cache,
        fetch: world.fetch,
        consent: async (question) => wish.isYes || (await asker?.confirm(question) ?? false),
        ...(wish.images === undefined ? {} : { directory: resolve(io.cwd, wish.images) }),
      });
      if (pinned.length > 0) report.pinned(pinned, new Pins(cache).path);
      return files;
    },
    factory: (board) => world.factory(board),
    put: putSettings,
    rom: world.rom,
    ...(world.provision ? { provision: world.provision } : {}),
    ...(wish.flashMode ? { flashMode: wish.flashMode } : {}),
  };
}

function candidates(id: string | undefined): readonly Board[] {
  return id === undefined ? boards : [namedBoard(id)];
}

/** Settings from the file; else those that the device has; else what a person answers. */
function settingsFrom(wish: FlashWish, world: FlashWorld, io: Io, report: Report): SettingsFor {
  const { config } = wish;
  if (config !== undefined) return async ({ board }) => readConfig(config, board, io, report);
  return async ({ board, mac, known }) => {
    if ((known && !isBare(known)) || !world.asker) return undefined;
    report.pause();
    return askSettings(board, world.asker, report.say, defaultId(mac));
  };
}

/** The settings of a file, checked for a board. Says so when others may read the passwords in it. */
export function readConfig(config: string, board: Board, io: Io, report: Report): Settings {
  const path = resolve(io.cwd, config);
  const settings = readSettings(config, () => readFileSync(path, 'utf8'), board);
  const isOpen = process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
  if (isOpen) report.say(`Mind: others on this computer can read the passwords in ${config}. Say chmod 600 ${config}.`);
  return settings;
}

function lastSentence({ known }: FoundDevice, id: string | undefined, online: Online | undefined): string {
  if (id === undefined) return 'It is flashed and has no settings yet. Give it some: npx bell provision.';
  if (!known?.mqtt.host) return `${id} is flashed. It has no broker and stays offline.`;
  if (!online) return `${id} is flashed.`;
  const at = online.address === '' ? '' : ` at ${online.address}`;
  return `${id} is online${at} with ${online.version}. Ring it: npx bell ring ${id}`;
}
