import {
  interpreterOf, type FlashMode, type Interpreter, type Part, type RomChip,
} from '../../../boards/interpreters.ts';
import type { Board } from '../../../boards/board.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { Failure } from '../failure.ts';
import { boardOn, candidatesFor } from './board-choice.ts';
import { connectRom, type RomOptions } from './connect-rom.ts';
import { interpreterRegions } from './interpreter-regions.ts';
import { interrupted } from './port-failure.ts';
import { isBare } from './portal-password.ts';
import type { RomLoader } from './rom-loader.ts';
import type { SerialDevice } from './serial-device.ts';
import { planStorage, type StoragePlan, type StorageWish } from './storage-plan.ts';
import { textsFromBytes } from './texts.ts';
import { writeRegions, type Writing } from './write-regions.ts';

/**
 * Gives a device that runs its settings over its console, and resolves when it has stored them. The
 * port is closed before and after. Throws a Failure that says what the device said.
 */
export type Provision = (port: SerialDevice, settings: Settings) => Promise<void>;

/** What command and page put into flashing: where things come from, and what a person answers. */
export interface FlashJob {
  /** The board that was named, or every one. */
  readonly boards: readonly Board[];
  /** Asked only when several boards have this chip and the device does not say which one it is. */
  chooseBoard(chip: RomChip, candidates: readonly Board[], mac: string): Promise<Board>;
  /** The checked files of an interpreter. */
  images(interpreter: Interpreter): Promise<ReadonlyMap<Part, Uint8Array>>;
  /** The content of Storage as `bell build` makes it. */
  factory(board: Board): Promise<Uint8Array>;
  /** New settings, checked for this board; undefined to leave those of the device, which are `known`. */
  settings(device: FoundDevice): Promise<Settings | undefined>;
  /** Stores settings in the content of a Storage. */
  put(storage: Uint8Array, board: Board, settings: Settings): void;
  /** Left out: settings go into the Storage that is flashed, as those do that know no network and no broker. */
  readonly provision?: Provision;
  /** How the flash of an ESP8266 is read; for modules that do not start with what is usual. */
  readonly flashMode?: FlashMode;
  readonly rom?: RomOptions;
  /** All is written, and the device is about to start: the moment to listen for it. */
  readonly beforeStart?: (device: FoundDevice) => Promise<void>;
}

/** What was found at the port. */
export interface FoundDevice {
  readonly board: Board;
  readonly chip: RomChip;
  readonly mac: string;
  /** The settings that are in force after flashing: the new ones, or those that it had. */
  readonly known: Settings | undefined;
}

/** What happens, for a bar or a line. */
export type FlashEvent =
  | { readonly type: 'connecting' }
  | { readonly type: 'chip'; readonly chip: RomChip; readonly mac: string; readonly board: Board }
  | { readonly type: 'warning'; readonly text: string }
  | { readonly type: 'writing'; readonly step: FlashStep } & Writing
  /** `bytes` is 0 when all was right already. */
  | { readonly type: 'written'; readonly step: FlashStep; readonly bytes: number }
  | { readonly type: 'settings'; readonly state: 'new' | 'kept' | 'none' }
  | { readonly type: 'started' };

export type FlashStep = 'interpreter' | 'firmware';

const BY_HAND = 'this port has no line that resets a board: press RST or EN, or take its power away, to start it.';

/**
 * Everything from a chip at a port to a bell that starts: interpreter, loader, image and settings.
 * What is right already is left alone; ended at any point, the same call goes on. After a Failure
 * the port is closed and the chip waits in its loader.
 */
export async function flashDevice(
  device: SerialDevice, job: FlashJob, tell: (event: FlashEvent) => void, signal: AbortSignal,
): Promise<FoundDevice> {
  tell({ type: 'connecting' });
  const rom = await connectRom(device, job.rom, signal);
  let found: FoundDevice;
  let fresh: Settings | undefined;
  try {
    ({ found, fresh } = await writeAll(rom, job, tell, signal));
    await job.beforeStart?.(found);
    if (signal.aborted) throw interrupted();
    await rom.end();
  } catch (error) {
    await rom.abandon();
    throw error;
  }
  if (device.hasLines === false) tell({ type: 'warning', text: BY_HAND });
  tell({ type: 'started' });
  if (fresh && job.provision && !isBare(fresh)) await job.provision(device, fresh);
  return found;
}

async function writeAll(
  rom: RomLoader, job: FlashJob, tell: (event: FlashEvent) => void, signal: AbortSignal,
): Promise<{ found: FoundDevice; fresh: Settings | undefined }> {
  const { chip, mac } = rom;
  const board = await findBoard(rom, job);
  tell({ type: 'chip', chip, mac, board });
  const interpreter = usableInterpreter(board);
  await checkFlashSize(rom, board, interpreter, tell);
  const parts = interpreterRegions(interpreter, await job.images(interpreter), job.flashMode);
  const wish = wishFor(rom, board, await job.factory(board));
  const { known } = await planStorage(wish);
  const before = known && textsFromBytes(known);
  const fresh = await job.settings({ board, chip, mac, known: before });
  const plan = fresh && (!job.provision || isBare(fresh))
    ? await planStorage({ ...wish, put: (storage) => job.put(storage, board, fresh) })
    : await planStorage(wish);
  const write = async (step: FlashStep, regions: StoragePlan['regions']) => {
    const bytes = await writeRegions(rom, regions, (at) => tell({ type: 'writing', step, ...at }), signal);
    tell({ type: 'written', step, bytes });
  };
  await write('interpreter', parts);
  await write('firmware', plan.regions);
  const inForce = fresh ?? before;
  tell({ type: 'settings', state: !inForce || isBare(inForce) ? 'none' : fresh ? 'new' : 'kept' });
  return { found: { board, chip, mac, known: inForce }, fresh };
}

async function findBoard(rom: RomLoader, job: FlashJob): Promise<Board> {
  const candidates = candidatesFor(rom.chip, job.boards);
  if (candidates.length === 1) return candidates[0]!;
  return await boardOn(rom, candidates) ?? job.chooseBoard(rom.chip, candidates, rom.mac);
}

function usableInterpreter(board: Board): Interpreter {
  const interpreter = interpreterOf(board);
  if (!interpreter) throw new Failure(`${board.title} is not flashed over USB`, 'See bell boards.');
  if (interpreter.refusal !== '') throw new Failure(interpreter.refusal, 'Take a board with 4 MB of flash.');
  return interpreter;
}

/** A flash that is too small would be overwritten from its other end. */
async function checkFlashSize(
  rom: RomLoader, board: Board, { flashKb }: Interpreter, tell: (event: FlashEvent) => void,
): Promise<void> {
  const found = await rom.flashKb();
  if (found === undefined || found >= flashKb) return;
  const text = `The flash of this chip has ${found} KB, and ${board.title} needs ${flashKb} KB`;
  // How an ESP8266 is asked for its size was never tried on a real one, so that it may be wrong.
  if (rom.chip !== 'ESP8266') throw new Failure(text, 'This is another board: name it with --board.');
  tell({ type: 'warning', text: `${text}. If that is so, the bell will not start: name another board with --board.` });
}

/** The plan is made twice, and what it reads comes over a slow line: so it is read once. */
function wishFor(rom: RomLoader, board: Board, factory: Uint8Array): StorageWish {
  let front: Promise<Uint8Array> | undefined;
  return {
    board,
    factory,
    read: (address, length) => (front ??= rom.read(address, length)),
    holds: (address, data) => rom.holds(address, data),
  };
}
