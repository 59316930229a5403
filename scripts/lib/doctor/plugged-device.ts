import { boards } from '../../../boards/index.ts';
import { EspruinoConsole, type ConsoleOptions } from '../console/console.ts';
import { askDevice } from '../console/device-info.ts';
import { Failure } from '../failure.ts';
import { boardOn, candidatesFor } from '../flash/board-choice.ts';
import { connectRom, type RomOptions } from '../flash/connect-rom.ts';
import { PortFailure } from '../flash/port-failure.ts';
import { describePort, type Port } from '../flash/ports.ts';
import type { SerialDevice } from '../flash/serial-device.ts';
import { fromFailure, mind, right, wrong, type Finding } from './finding.ts';
import { noPort } from './no-port.ts';
import { examine } from './running-device.ts';

/** What the doctor needs of this computer. A test has its own. */
export interface DoctorWorld {
  listPorts(): Promise<readonly Port[]>;
  open(port: Port): SerialDevice;
  /** Names of the USB serial chips that the system sees. */
  serialChips(): readonly string[];
  readonly console?: ConsoleOptions;
  readonly rom?: RomOptions;
}

/** Looks at what is plugged in: first while it runs, and only when nothing answers, in its loader. */
export async function examinePlugged(
  named: string | undefined, world: DoctorWorld, signal: AbortSignal,
): Promise<Finding[]> {
  let ports: readonly Port[];
  try {
    ports = await world.listPorts();
  } catch (error) {
    if (error instanceof Failure) return [fromFailure(error)];
    throw error;
  }
  const port = named === undefined ? ports[0] : ports.find(({ path }) => path === named) ?? { path: named, name: '' };
  if (!port) return [noPort(world.serialChips())];
  const others = named === undefined && ports.length > 1
    ? [mind('several-ports', `There are ${ports.length} ports; this is about the first.`, 'Name another with --port.')]
    : [];
  const found = await examinePort(world.open(port), world, signal);
  const isThere = !found.some(({ code }) => code === 'no-port');
  return [...others, ...(isThere ? [right('port', `Port: ${describePort(port)}.`)] : []), ...found];
}

async function examinePort(device: SerialDevice, world: DoctorWorld, signal: AbortSignal): Promise<Finding[]> {
  try {
    const console = await EspruinoConsole.open(device, signal, world.console);
    try {
      return await examine(console, await askDevice(console));
    } finally {
      await console.close();
    }
  } catch (error) {
    if (!(error instanceof Failure) || signal.aborted) throw error;
    if (!(error instanceof PortFailure) || error.fault !== 'silent') return [fromFailure(error, 'no-firmware')];
    const silent = mind('no-console', 'No Espruino answers: the chip is asked in its loader.');
    return [silent, ...await askLoader(device, world, signal)];
  }
}

/** The chip itself, when no program of ours answers. It restarts afterwards. */
async function askLoader(
  device: SerialDevice, { rom: options }: DoctorWorld, signal: AbortSignal,
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
