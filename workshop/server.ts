import type { Server } from 'node:http';
import { Broker } from './broker.ts';
import { CAST } from './cast.ts';
import type { Role } from './cast.ts';
import { Device } from './device.ts';
import { reachableAddress } from './local-address.ts';
import type { Addresses } from './messages.ts';
import { loadPage } from './page-files.ts';
import { listen } from './ports.ts';
import type { Pusher } from './pushes.ts';
import { Room } from './room.ts';
import { simulate } from './simulate.ts';
import type { UsbHelp } from './usb.ts';
import { createWeb } from './web.ts';

/** Where the search for a free port starts. */
const MQTT_PORT = 1883;
const HTTP_PORT = 8080;

export interface WorkshopOptions {
  /** Content of Storage that a device is flashed with. */
  storage(role: Role): Promise<Uint8Array>;
  /** What is done for a board at the USB port of this computer. */
  usb: UsbHelp;
  /** What pages push updates with; without it, there is nothing of that on the page. */
  pusher?: Pusher;
  /** Address to listen on; 127.0.0.1 if not given, so that nobody else reaches the workshop. */
  host?: string;
  /** Port of MQTT over TCP; 0 is any, none is the first free one from 1883. */
  port?: number;
  /** Port of the page and of MQTT over WebSocket; 0 is any, none is the first free one from 8080. */
  httpPort?: number;
}

export interface Workshop {
  readonly addresses: Addresses;
  /** Address of the page. */
  readonly url: string;
  /** Unplugs the devices and closes every connection. */
  close(): Promise<void>;
}

/** Starts broker, devices and page. Throws `PortTaken`, and leaves nothing running then. */
export async function startWorkshop(options: WorkshopOptions): Promise<Workshop> {
  const room = new Room(await Broker.open(), options.pusher);
  const web = createWeb(await loadPage(), {
    page: (socket) => room.hub.add(socket),
    mqtt: (stream) => room.broker.attach(stream),
    usb: options.usb,
  });
  const close = async () => {
    await room.close();
    await closeWeb(web);
  };
  try {
    room.addresses = await openDoors(room, web, options);
    await furnish(room, options);
  } catch (error) {
    await close();
    throw error;
  }
  const { host, http } = room.addresses;
  return { addresses: room.addresses, url: `http://${host}:${http}/`, close };
}

async function openDoors(room: Room, web: Server, options: WorkshopOptions): Promise<Addresses> {
  const { host = '127.0.0.1', port, httpPort } = options;
  const tcp = await listen(room.broker.tcp, host, port, MQTT_PORT);
  const http = await listen(web, host, httpPort, HTTP_PORT);
  return { host: reachableAddress(host), tcp, http };
}

async function furnish(room: Room, { storage }: WorkshopOptions): Promise<void> {
  for (const role of CAST) {
    const device = new Device(role, simulate(role, await storage(role), room.broker), room);
    room.add(device);
    device.setPower(true);
  }
}

function closeWeb(web: Server): Promise<void> {
  web.closeAllConnections();
  return new Promise((done) => web.close(() => done()));
}
