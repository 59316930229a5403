import { once } from 'node:events';
import { resolve } from 'node:path';
import { CAST } from '../../workshop/cast.ts';
import { PortTaken } from '../../workshop/ports.ts';
import { startWorkshop, type Workshop, type WorkshopOptions } from '../../workshop/server.ts';
import type { UsbHelp } from '../../workshop/usb.ts';
import { isSet, refuseWords, textOf, writeJson, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { cacheFolder } from '../lib/flash/cache.ts';
import { toNumber } from '../lib/ring-request.ts';
import { keysFile, keysOption } from '../lib/update/keys.ts';
import { withKeys } from '../lib/workshop-keys.ts';
import { createPusher } from '../lib/workshop-pusher.ts';
import { makeFirmware, makeFlasher, type Flasher } from '../lib/workshop-storage.ts';
import { makeUsbHelp } from '../lib/workshop-usb.ts';

export const command: Command = {
  name: 'workshop',
  summary: 'Runs a broker, two bells and a button without hardware, and a page to look at them',
  usage: '[options]',
  options: {
    host: { type: 'string', value: 'ADDRESS', help: 'where to listen (127.0.0.1); 0.0.0.0 lets phones in the room in' },
    port: { type: 'string', value: 'N', help: 'port of MQTT over TCP (1883, or the next that is free)' },
    http: { type: 'string', value: 'N', help: 'port of the page and of MQTT over WebSocket (8080, or the next)' },
    images: { type: 'string', value: 'DIR', help: 'take the interpreter that the page flashes from here' },
    ...keysOption,
    json: { type: 'boolean', help: 'print the addresses as JSON' },
  },
  examples: ['bell workshop', 'bell workshop --host 0.0.0.0', 'bell workshop --port 0 --http 0 --json'],
  async run(values, words, io) {
    refuseWords(command, words);
    const keys = keysFile(values, io);
    const roles = new Map(withKeys(CAST, keys).map((role) => [role.id, role]));
    const firmware = makeFirmware();
    const flash = flashOnDemand(firmware, io);
    const workshop = await open({
      ...readOptions(values), storage: ({ id }) => flash(roles.get(id)!), usb: usbHelp(values, firmware, io),
      pusher: createPusher(keys),
    });
    try {
      announce(workshop, isSet(values, 'json'), io);
      if (!io.signal.aborted) await once(io.signal, 'abort');
    } finally {
      await workshop.close();
    }
    return 0;
  },
};

function readOptions(values: Values): Omit<WorkshopOptions, 'storage' | 'usb'> {
  const host = textOf(values, 'host');
  const port = textOf(values, 'port');
  const http = textOf(values, 'http');
  return {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port: toPort('port', port) }),
    ...(http === undefined ? {} : { httpPort: toPort('http', http) }),
  };
}

function toPort(name: string, text: string): number {
  const port = toNumber(name, text);
  if (port > 65_535) throw new Failure(`There is no port ${port}`, `--${name} takes 0 to 65535, 0 for any free one.`);
  return port;
}

/** Builds when the first device is flashed: by then the ports are taken, so that a conflict shows at once. */
function flashOnDemand(firmware: Firmware, io: Io): Flasher {
  let flasher: Promise<Flasher> | undefined;
  return async (role) => {
    if (!flasher) io.err.write('Building the firmware…\n');
    flasher ??= makeFlasher(CAST, firmware);
    return (await flasher)(role);
  };
}

type Firmware = ReturnType<typeof makeFirmware>;

function usbHelp(values: Values, firmware: Firmware, io: Io): UsbHelp {
  const images = textOf(values, 'images');
  const directory = images === undefined ? {} : { directory: resolve(io.cwd, images) };
  return makeUsbHelp({ firmware, cache: cacheFolder(io), fetch, ...directory });
}

async function open(options: WorkshopOptions): Promise<Workshop> {
  try {
    return await startWorkshop(options);
  } catch (error) {
    if (!(error instanceof PortTaken)) throw error;
    throw new Failure(`Port ${error.port} of ${error.host} cannot be used: ${error.why}`, cureOf(error));
  }
}

function cureOf({ why }: PortTaken): string {
  if (why === 'in use') return 'End the program that uses it, or name another port; 0 takes any free one.';
  if (why === 'not allowed') return 'Take a port above 1023.';
  return 'Name an address of this machine with --host, or 0.0.0.0 for all.';
}

function announce({ url, addresses }: Workshop, json: boolean, io: Io): void {
  const { host, tcp } = addresses;
  if (json) writeJson(io, { url, mqtt: `mqtt://${host}:${tcp}`, webSocket: `${url.replace('http', 'ws')}mqtt` });
  else io.out.write(`The workshop is open at ${url} (MQTT at ${host}:${tcp}; Ctrl-C ends it)\n${forUsb(addresses)}`);
}

/** A browser lets a page use a USB port only where nobody can have changed the page on its way. */
function forUsb({ host, http }: Workshop['addresses']): string {
  if (/^127\.|^localhost$/.test(host)) return '';
  return `To put a bell on a board at USB, open http://localhost:${http}/ on this computer\n`;
}
