import type { Board } from '../../../boards/board.ts';
import { boards } from '../../../boards/index.ts';
import { EspruinoConsole, type ConsoleOptions } from '../console/console.ts';
import { askDevice } from '../console/device-info.ts';
import { Failure } from '../failure.ts';
import { boardOn, candidatesFor } from '../flash/board-choice.ts';
import { connectRom, type RomOptions } from '../flash/connect-rom.ts';
import { PortFailure } from '../flash/port-failure.ts';
import type { SerialDevice } from '../flash/serial-device.ts';
import { fromFailure, mind, right, wrong, type Finding } from './finding.ts';
import { examine, type Expectations } from './running-device.ts';

/** Maker of the chips, as USB numbers it. */
const ESPRESSIF = 0x303a;

/** How patient the doctor is, and what is known of the device from elsewhere. */
export interface Patience {
  readonly console?: ConsoleOptions;
  readonly rom?: RomOptions;
  readonly expectations?: Expectations;
}

/** Looks at the device at a port: first while it runs, and only when nothing answers, in its loader. */
export async function examinePort(device: SerialDevice, patience: Patience, signal: AbortSignal): Promise<Finding[]> {
  try {
    const console = await EspruinoConsole.open(device, signal, patience.console);
    try {
      return await examine(console, await askDevice(console), patience.expectations);
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
  device: SerialDevice, { rom: options, expectations }: Patience, signal: AbortSignal,
): Promise<Finding[]> {
  try {
    const rom = await connectRom(device, { attempts: 3, ...options }, signal);
    try {
      const candidates = candidatesFor(rom.chip, expectations?.board ? [expectations.board] : boards);
      const board = await boardOn(rom, candidates);
      const chip = right('chip', `Its chip is an ${rom.chip}, ${rom.mac}, and its loader answers.`);
      if (isOtherSocket(device, candidates)) return [chip, otherSocket()];
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

/** A board with two sockets talks at that of the chip's own USB alone; its loader answers at both. */
function isOtherSocket(device: SerialDevice, candidates: readonly Board[]): boolean {
  const { usbVendorId } = device.getInfo();
  const hasOther = usbVendorId !== undefined && usbVendorId !== ESPRESSIF;
  return hasOther && candidates.every((board) => board.console === 'usb');
}

function otherSocket(): Finding {
  return mind(
    'other-socket', 'Its program talks at the other socket, that of the USB of the chip; here only its loader answers.',
    'Put the cable into the socket marked USB, not UART, and run npx bell doctor again.',
  );
}
