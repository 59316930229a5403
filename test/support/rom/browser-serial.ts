import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import type { SerialDevice, Signals } from '../../../scripts/lib/flash/serial-device.ts';

/** The port that a page sees through its imitation of Web Serial. */
export interface BrowserSerial {
  /** What the page runs before anything else. */
  readonly script: string;
  close(): Promise<void>;
}

type Order = { do: 'open'; baudRate: number } | ({ do: 'signals' } & Signals) | { do: 'close' };

/** Leads a page's imitation of Web Serial to a port of the test: `port` gives the one that is plugged in now. */
export async function serveSerial(port: () => SerialDevice): Promise<BrowserSerial> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  server.on('connection', (socket) => attach(socket, port()));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const imitation = readFileSync(new URL('imitation-serial.js', import.meta.url), 'utf8');
  return {
    script: `(() => { const imitationUrl = ${JSON.stringify(url)};\n${imitation}\n})();`,
    async close() {
      for (const client of server.clients) client.terminate();
      await new Promise((done) => server.close(done));
    },
  };
}

function attach(socket: WebSocket, device: SerialDevice): void {
  let isOpen = false;
  let writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  device.onLost?.(() => socket.send('lost'));
  const open = async (baudRate: number) => {
    try {
      await device.open({ baudRate });
    } catch (error) {
      return socket.send((error as Error).message);
    }
    isOpen = true;
    writer = device.writable?.getWriter();
    socket.send('opened');
    for await (const bytes of device.readable as unknown as AsyncIterable<Uint8Array>) socket.send(bytes);
  };
  const obey = (order: Order) => {
    switch (order.do) {
      // The stream ends with an error when the cable is pulled.
      case 'open': return open(order.baudRate).catch(() => undefined);
      case 'signals': return device.setSignals(order);
      case 'close':
        isOpen = false;
        return device.close().then(() => socket.close());
    }
  };
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) void writer?.write(Uint8Array.from(data)).catch(() => undefined);
    else void obey(JSON.parse(data.toString()) as Order);
  });
  // A page that is closed lets go of its port.
  socket.on('close', () => { if (isOpen) void device.close(); });
}
