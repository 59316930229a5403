import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { PageFiles } from './page-files.ts';
import { PAGE_MESSAGE_LIMIT } from './page-message.ts';
import type { UsbHelp } from './usb.ts';
import { isFromHere, serveUsb, takeBellLine } from './usb-web.ts';

export interface WebOwner {
  /** A page opened its line. */
  page(socket: WebSocket): void;
  /** An MQTT client came over WebSocket. */
  mqtt(stream: Duplex): void;
  /** What is done for a board at the USB port of this computer. */
  readonly usb: UsbHelp;
}

/** The page loads nothing from anywhere else, and no other site may frame it. */
const HEADERS = {
  'content-security-policy': "default-src 'self'; connect-src 'self' ws:; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/**
 * The workshop's HTTP server: the page's files, `/events` for the page, `/usb/` for a board at the USB port, and
 * `/mqtt` for MQTT over WebSocket.
 */
export function createWeb(files: PageFiles, owner: WebOwner): Server {
  const server = createServer((request, response) => {
    if (!request.url?.startsWith('/usb/')) serve(files, request, response);
    else if (isOwnPage(request)) void serveUsb(owner.usb, request, response);
    else response.writeHead(403, HEADERS).end();
  });
  const pages = new WebSocketServer({ noServer: true, maxPayload: PAGE_MESSAGE_LIMIT });
  // MQTT 3.1.1, 6: the subprotocol is `mqtt`, and a client that asks for none is served too.
  const clients = new WebSocketServer({ noServer: true, handleProtocols: (asked) => asked.has('mqtt') && 'mqtt' });
  server.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?')[0];
    if (path === '/mqtt') {
      clients.handleUpgrade(request, socket, head, (client) => owner.mqtt(createWebSocketStream(client)));
    } else if (path === '/events' && isOwnPage(request)) {
      pages.handleUpgrade(request, socket, head, (page) => owner.page(page));
    } else if (path === '/usb/bell' && isOwnPage(request) && isFromHere(request)) {
      pages.handleUpgrade(request, socket, head, (page) => takeBellLine(owner.usb, page));
    } else {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
    }
  });
  return server;
}

/** Whether the page that asks was served by us: any other site could ring the bells from a visitor's browser. */
export function isOwnPage({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

function serve(files: PageFiles, { url = '/', method }: IncomingMessage, response: ServerResponse): void {
  const file = files.get(url.split('?')[0] ?? '/');
  if (!file || (method !== 'GET' && method !== 'HEAD')) {
    response.writeHead(404, HEADERS).end('There is nothing here. The page is at /\n');
    return;
  }
  response.writeHead(200, { ...HEADERS, 'content-type': file.type, 'content-length': file.body.length });
  response.end(method === 'HEAD' ? undefined : file.body);
}
