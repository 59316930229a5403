import { decode } from './decode.ts';
import { ADDRESS } from './page.ts';

/** Bytes of a line that are looked at: what is longer is none of those that count. */
const LINE = 48;

/** Longest word of the first line that is kept: nothing that we have is called so. */
const WORD = 8;

/** Longest head, and longest form that is kept, bytes. */
const HEAD = 8192;
const FORM = 1024;

/** Longest form that is read to its end, so that the answer arrives, bytes. */
const PATIENCE = 16384;

/** Bytes that are looked at together: what is cut off is copied, and a packet has up to 1,460 of them. */
const PIECE = 32;

/** What is wrong with a request. */
export const MALFORMED = 400;
export const TOO_LONG = 413;

/** Takes a piece of the value of a field, decoded; the fields come one after the other. */
export type TakeField = (name: string, value: string) => void;

/** An HTTP request, as it comes. Its names are short: a longer one costs a variable more. */
export interface Request {
  /** What has come and is not understood yet; bytes that have come in all. */
  rest: string;
  size: number;
  /** 1 in the head, then 0. */
  head: number;
  /** Bytes of the form in all, and those that are still to come. */
  need: number;
  left: number;
  /** The field of the form that comes at the moment. */
  name: string;
  /** 0, `MALFORMED` or `TOO_LONG`. */
  bad: number;
  verb: string;
  /** Its path, cut where nothing that we have goes on. */
  path: string;
  /** Whether it asks this device, and whether it comes from a page that is somewhere else. */
  ours: 0 | 1;
  far: 0 | 1;
}

/** A request of which nothing has come. */
export function newRequest(): Request {
  return { rest: '', size: 0, head: 1, need: 0, left: 0, name: '', bad: 0, verb: '', path: '', ours: 0, far: 0 };
}

function readLine(request: Request, line: string): void {
  const at = line.indexOf(request.verb ? ':' : ' ') + 1;
  if (!request.verb) {
    const end = line.indexOf(' ', at);
    // Of a long one, the end is not there.
    const isCut = line.length === LINE && end < 0;
    if (!at || !isCut && (end < 0 || line.substr(end + 1, 4) !== 'HTTP')) request.bad = MALFORMED;
    request.verb = line.substr(0, at > 1 && at < WORD ? at - 1 : WORD) || '?';
    request.path = line.substring(at, end > 0 && end - at < WORD ? end : at + WORD);
    return;
  }
  if (!line) request.head = 0;
  switch (line.substr(0, at).toLowerCase()) {
    case 'host:': request.ours = line.substr(at).trim() === ADDRESS ? 1 : 0; break;
    case 'origin:': request.far = line.substr(at).trim() === 'http://' + ADDRESS ? 0 : 1; break;
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
    const line = request.rest.substr(0, end > LINE ? LINE : end);
    request.rest = request.rest.substr(end + 1);
    readLine(request, line.trim());
  }
  if (request.head) {
    request.rest = request.rest.substr(0, LINE);
    if (request.size > HEAD) request.bad = TOO_LONG;
    return;
  }
  if (request.verb !== 'POST') request.need = 0;
  if (request.need > FORM) request.bad = TOO_LONG;
  request.left = request.need - request.rest.length;
}

/** How much of what has come of a value can be decoded: what begins with `%` has three bytes. */
function wholeOf(request: Request): number {
  const length = request.rest.length;
  const last = request.rest.lastIndexOf('%');
  return request.left > 0 && last >= 0 && last > length - 3 ? last : length;
}

function readForm(request: Request, field: TakeField): void {
  if (request.left < 0) request.rest = request.rest.substr(0, request.rest.length + request.left);
  while (request.rest && !request.bad) {
    const at = request.name ? 0 : request.rest.indexOf('=') + 1;
    if (!request.name && !at) {
      // The names of our fields have one letter.
      if (request.left <= 0 || request.rest.length > PIECE) request.bad = MALFORMED;
      return;
    }
    if (at) request.name = request.rest.substr(0, at - 1);
    if (!request.name || request.name.length > PIECE) request.bad = MALFORMED;
    request.rest = request.rest.substr(at);
    const end = request.rest.indexOf('&');
    const size = end < 0 ? wholeOf(request) : end;
    const value = decode(request.rest.substr(0, size));
    if (value === undefined) request.bad = MALFORMED;
    else if (!request.bad) field(request.name, value);
    request.rest = request.rest.substr(end < 0 ? size : end + 1);
    if (end < 0) return;
    request.name = '';
  }
}

function readPiece(request: Request, piece: string, field: TakeField): boolean {
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
 * Reads the next bytes of a request without keeping more of it than the beginning of a line or an escape: the values of
 * a form go to `field` as they come. Everything is bounded, whatever comes. Gives whether it is all there; then, `bad`
 * says whether it is one.
 */
export function readRequest(request: Request, bytes: string, field: TakeField): boolean {
  let isAll = false;
  for (let at = 0; at < bytes.length && !isAll; at += PIECE) {
    isAll = readPiece(request, bytes.substr(at, PIECE), field);
  }
  return isAll;
}
