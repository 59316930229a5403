import { readdirSync } from 'node:fs';
import type { Asker } from './asker.ts';
import { loadSerial } from './node-serial.ts';
import { PortFailure } from './port-failure.ts';
import { usbName } from './usb-names.ts';

/** A serial port of this computer. */
export interface Port {
  readonly path: string;
  readonly vendor?: number;
  readonly product?: number;
  /** What a person calls it; '' when there is nothing to call it by. */
  readonly name: string;
}

const NO_PORT = 'Plug a board in with a cable that carries data; many only charge. If that is done, look at bell ' +
  'doctor: a driver may be missing.';

/** Ports that a board may be at. Those of the computer itself, which every machine has, are left out. */
export async function listPorts(): Promise<Port[]> {
  const { SerialPort } = await loadSerial();
  const found = await SerialPort.list().catch(() => portsByName());
  return found.filter(({ vendorId, path }) => vendorId !== undefined || isPluggedIn(path)).map(toPort);
}

/** The port that was named, or the only one, or the one that the person chooses. */
export async function choosePort(
  named: string | undefined, list: () => Promise<readonly Port[]>, asker: Asker | undefined,
): Promise<Port> {
  // A named port is taken even when the system has no list, or does not have it in its list.
  const ports = await list().catch((error: unknown) => {
    if (named === undefined) throw error;
    return [] as Port[];
  });
  if (named !== undefined) return ports.find(({ path }) => path === named) ?? { path: named, name: '' };
  const [first] = ports;
  if (!first) throw new PortFailure('no-port', 'No board is plugged in', NO_PORT);
  if (ports.length === 1) return first;
  const lines = ports.map(describePort);
  if (asker) return ports[await asker.choose('Which port is the board at?', lines)]!;
  throw new PortFailure(
    'no-port', `There are ${ports.length} ports: ${lines.join('; ')}`, `Name one, for example --port ${first.path}.`,
  );
}

/** Path and name, as lists show it. */
export function describePort({ path, name }: Port): string {
  return name === '' ? path : `${path}, ${name}`;
}

interface Found {
  readonly path: string;
  readonly vendorId?: string | undefined;
  readonly productId?: string | undefined;
  readonly manufacturer?: string | undefined;
}

function toPort({ path, vendorId, productId, manufacturer }: Found): Port {
  const [vendor, product] = [vendorId, productId].map((text) => (text === undefined ? undefined : parseInt(text, 16)));
  return {
    path,
    ...(vendor === undefined ? {} : { vendor }),
    ...(product === undefined ? {} : { product }),
    name: usbName(vendor, product) || (manufacturer ?? ''),
  };
}

/** Where the system has no program that lists them, as in a container. */
function portsByName(): Found[] {
  try {
    return readdirSync('/dev').filter((name) => isPluggedIn(name)).map((name) => ({ path: `/dev/${name}` }));
  } catch {
    return [];
  }
}

function isPluggedIn(path: string): boolean {
  return /tty(USB|ACM)\d+$|cu\.(usb|wch|SLAB)/.test(path);
}
