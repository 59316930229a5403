import { decode } from './decode.ts';

/** Bytes of a header that are looked at: what is longer is none of those that count. */
const HEADER = 40;

/** Longest line of a head, longest head, and longest form that is kept, bytes. */
const LINE = 1024;
const HEAD = 4096;
const FORM = 1024;

/** Longest form that is read to its end, so that the answer arrives, bytes. */
const PATIENCE = 16384;

/** Bytes that are looked at together: what is cut off is copied, and a packet has up to 1,460 of them. */
const PIECE = 32;

/** What is wrong with a request. */
export const MALFORMED = 400;
export const TOO_LONG = 413;

/** An HTTP request, as it comes. Its names are short: a longer one costs a variable more, for each connection. */
export interface Request {
  /** What has come and is not understood yet; bytes that have come in all. */
  rest: string;
  size: number;
  /** 1 in the head, then 0. */
  head: number;
  /** Bytes of the form in all, and those that are still to come. */
  need: number;
  left: number;
  /** 0, `MALFORMED` or `TOO_LONG`. */
  bad: number;
  verb: string;
  path: string;
  host: string;
  /** The header `Origin`. */
  from: string;
}

/** A request of which nothing has come. */
export function newRequest(): Request {
  return { rest: '', size: 0, head: 1, need: 0, left: 0, bad: 0, verb: '', path: '', host: '', from: '' };
}

function readLine(request: Request, line: string): void {
  if (!request.verb) {
    const words = line.split(' ');
    if (words.length !== 3 || (words[2] as string).substr(0, 5) !== 'HTTP/') request.bad = MALFORMED;
    request.verb = words[0] || '?';
    request.path = words[1] || '';
    return;
  }
  if (!line) request.head = 0;
  const at = line.indexOf(':') + 1;
  switch (line.substr(0, at).toLowerCase()) {
    case 'host:': request.host = line.substr(at).trim(); break;
    case 'origin:': request.from = line.substr(at).trim(); break;
    case 'transfer-encoding:': request.bad = MALFORMED; break;
    case 'content-length:':
      request.need = parseInt(line.substr(at), 10);
      if ('' + request.need !== line.substr(at).trim() || request.need < 0) request.bad = MALFORMED;
      break;
    default:
  }
}

function readHead(request: Request): void {
  for (let end = request.rest.indexOf('\n'); request.head && end >= 0; end = request.rest.indexOf('\n')) {
    const line = request.rest.substr(0, request.verb && end > HEADER ? HEADER : end);
    request.rest = request.rest.substr(end + 1);
    readLine(request, line.trim());
  }
  if (request.head) {
    if (request.size > HEAD || request.rest.length > LINE) request.bad = TOO_LONG;
    return;
  }
  if (request.verb !== 'POST') request.need = 0;
  if (request.need > FORM) request.bad = TOO_LONG;
  request.left = request.need - request.rest.length;
}

function readForm(request: Request, field: (name: string, value: string) => void): void {
  const read = (text: string) => {
    const at = text.indexOf('=');
    const value = decode(text.substr(at + 1));
    if (at < 1 || value === undefined) request.bad = MALFORMED;
    else field(text.substr(0, at), value);
  };
  if (request.left < 0) request.rest = request.rest.substr(0, request.rest.length + request.left);
  for (let end = request.rest.indexOf('&'); end >= 0; end = request.rest.indexOf('&')) {
    read(request.rest.substr(0, end));
    request.rest = request.rest.substr(end + 1);
  }
  if (request.left <= 0 && request.rest) read(request.rest);
}

function readPiece(request: Request, piece: string, field: (name: string, value: string) => void): boolean {
  request.rest += piece;
  request.size += piece.length;
  if (request.head) readHead(request);
  else request.left -= piece.length;
  if (request.bad) request.rest = '';
  if (request.head) return request.bad > 0;
  readForm(request, field);
  return request.left <= 0 || request.need > PATIENCE;
}

/**
 * Reads the next bytes of a request without keeping more of it than a line or a field: each field of a form goes to
 * `field`, decoded. Everything is bounded, whatever comes. Gives whether it is all there; then, `bad` says whether it
 * is one.
 */
export function readRequest(request: Request, bytes: string, field: (name: string, value: string) => void): boolean {
  let isAll = false;
  for (let at = 0; at < bytes.length && !isAll; at += PIECE) {
    isAll = readPiece(request, bytes.substr(at, PIECE), field);
  }
  return isAll;
}
