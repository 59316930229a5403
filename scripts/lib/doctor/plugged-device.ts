import { Failure } from '../failure.ts';
import { describePort, type Port } from '../flash/ports.ts';
import type { SerialDevice } from '../flash/serial-device.ts';
import { examinePort, type Patience } from './examine-port.ts';
import { fromFailure, mind, right, type Finding } from './finding.ts';
import { noPort } from './no-port.ts';

/** What the doctor needs of this computer. A test has its own. */
export interface DoctorWorld extends Patience {
  listPorts(): Promise<readonly Port[]>;
  open(port: Port): SerialDevice;
  /** Names of the USB serial chips that the system sees. */
  serialChips(): readonly string[];
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
