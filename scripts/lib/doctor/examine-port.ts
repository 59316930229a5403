import { boards } from '../../../boards/index.ts';
import { EspruinoConsole, type ConsoleOptions } from '../console/console.ts';
import { askDevice } from '../console/device-info.ts';
import { Failure } from '../failure.ts';
import { boardOn, candidatesFor } from '../flash/board-choice.ts';
import { connectRom, type RomOptions } from '../flash/connect-rom.ts';
import { PortFailure } from '../flash/port-failure.ts';
import type { SerialDevice } from '../flash/serial-device.ts';
import { fromFailure, mind, right, wrong, type Finding } from './finding.ts';
import { examine } from './running-device.ts';

/** How patient the doctor is. */
export interface Patience {
  readonly console?: ConsoleOptions;
  readonly rom?: RomOptions;
}

/** Looks at the device at a port: first while it runs, and only when nothing answers, in its loader. */
export async function examinePort(device: SerialDevice, patience: Patience, signal: AbortSignal): Promise<Finding[]> {
  try {
    const console = await EspruinoConsole.open(device, signal, patience.console);
    try {
      return await examine(console, await askDevice(console));
    } finally {
      await console.close();
    }
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error;
    if (!(error instanceof PortFailure) || error.fault !== 'silent') return [fromFailure(error, 'no-firmware')];
    const silent = mind('no-console', 'No Espruino answers: the chip is asked in its loader.');
    return [silent, ...await askLoader(device, patience, signal)];
  }
}

/** The chip itself, when no program of ours answers. It restarts afterwards. */
async function askLoader(
  device: SerialDevice, { rom: options }: Patience, signal: AbortSignal,
): Promise<Finding[]> {
  try {
    const rom = await connectRom(device, { attempts: 3, ...options }, signal);
    try {
      const board = await boardOn(rom, candidatesFor(rom.chip, boards));
      const chip = right('chip', `Its chip is an ${rom.chip}, ${rom.mac}, and its loader answers.`);
      if (!board) return [chip, wrong('not-flashed', 'It has never been made a bell.', 'Run npx bell flash.')];
      return [chip, wrong(
        'not-running', `It was flashed as ${board.title}, and does not start.`,
        'Run npx bell flash: it compares everything, repairs it, and leaves the settings. If it still does not ' +
        'start: another supply, and for an ESP8266 --flash-mode dio or dout.',
      )];
    } finally {
      await rom.end().catch(() => rom.abandon());
    }
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error;
    return [fromFailure(error)];
  }
}
