import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import { findBoard } from '../boards/index.ts';
import { interpreters, type Interpreter } from '../boards/interpreters.ts';
import { isCorrectable, type BellLine, type UsbHelp } from './usb.ts';
import type { BellNews, BellRequest, Fault, ImagesRequest } from './usb-messages.ts';

/** Longest request: a login, or the hashes of a handful of files. */
export const REQUEST_LIMIT = 8192;

/** What is sent back: bytes, or an object as JSON. */
type Answer = { readonly status: number; readonly body: Uint8Array | object };

/** Answers what is below `/usb/`. */
export async function serveUsb(help: UsbHelp, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, body } = await answer(help, request).catch(toFault);
  const isBytes = body instanceof Uint8Array;
  const bytes = isBytes ? body : Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': isBytes ? 'application/octet-stream' : 'application/json',
    'content-length': bytes.length,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

/** Takes the line of one bell: the first message says where it is, and the rest rings it. */
export function takeBellLine(help: UsbHelp, page: WebSocket): void {
  let line: BellLine | undefined;
  const tell = (news: BellNews) => page.send(JSON.stringify(news));
  page.on('close', () => line?.close());
  page.on('error', () => page.terminate());
  page.on('message', (data) => {
    const asked = readJson(String(data)) as BellRequest | undefined;
    if (asked?.do === 'listen' && !line && isLogin(asked.login)) line = help.listen(asked.login, tell);
    else if (asked?.do === 'ring') line?.ring();
  });
}

/** Whether a request comes from this computer itself: what writes to its disk or dials for it is for nobody else. */
export function isFromHere({ socket }: { readonly socket: { readonly remoteAddress?: string | undefined } }): boolean {
  return /^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '');
}

async function answer(help: UsbHelp, request: IncomingMessage): Promise<Answer> {
  const [, , kind, id = '', file, ...rest] = (request.url ?? '').split('?')[0]!.split('/').map(decodeURIComponent);
  const isRead = request.method === 'GET';
  if (rest.length > 0) return nothing();
  if (kind === 'firmware' && file === undefined && isRead) return firmware(help, id);
  const interpreter = interpreters.find((known) => known.id === id);
  if (kind !== 'interpreter' || !interpreter) return nothing();
  if (file !== undefined) return isRead ? image(help, interpreter, file) : nothing();
  if (isRead) return { status: 200, body: await help.images(interpreter, false) };
  return change(help, interpreter, request);
}

async function firmware(help: UsbHelp, id: string): Promise<Answer> {
  const board = findBoard(id);
  return board ? { status: 200, body: await help.firmware(board) } : nothing();
}

async function image(help: UsbHelp, interpreter: Interpreter, file: string): Promise<Answer> {
  const body = await help.image(interpreter, file);
  return body ? { status: 200, body } : nothing();
}

async function change(help: UsbHelp, interpreter: Interpreter, request: IncomingMessage): Promise<Answer> {
  if (!isFromHere(request)) return { status: 403, body: fault('Only this computer itself may ask for that.') };
  const asked = readJson(await bodyOf(request)) as ImagesRequest | undefined;
  if (asked?.do === 'download') return { status: 200, body: await help.images(interpreter, true) };
  if (asked?.do !== 'pin' || !areFiles(asked.files)) return { status: 400, body: fault('This is no request.') };
  return { status: 200, body: help.pin(interpreter, asked.files) };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const piece of request) {
    text += String(piece);
    if (text.length > REQUEST_LIMIT) throw Object.assign(new Error('The request is too long'), { cure: '' });
  }
  return text;
}

function nothing(): Answer {
  return { status: 404, body: fault('There is nothing here.') };
}

function toFault(error: unknown): Answer {
  if (isCorrectable(error)) return { status: 409, body: fault(error.message, error.cure) };
  return { status: 500, body: fault(`The workshop failed: ${(error as Error).message}`) };
}

function fault(text: string, cure = ''): Fault {
  return { fault: text, cure };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function areFiles(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every((entry: Record<string, unknown> | null) => {
    return typeof entry?.file === 'string' && /^[0-9a-f]{64}$/.test(String(entry.sha256));
  });
}

/** The shape is checked here; whether host and port make sense, the connection will tell. */
function isLogin(value: unknown): boolean {
  const { id, mac, prefix, mqtt } = (value ?? {}) as Record<string, unknown>;
  const { host, port, tls, username, password } = (mqtt ?? {}) as Record<string, unknown>;
  const texts = [id, mac, prefix, host, username, password];
  return texts.every((text) => typeof text === 'string') && typeof port === 'number' && typeof tls === 'boolean' &&
    /^[^+#\0]{1,48}$/.test(String(prefix)) && !/[/+#\0]/.test(String(id)) && !/[/?#@\s]/.test(String(host));
}
