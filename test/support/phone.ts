import type { Duplex } from 'node:stream';
import type { Board } from '../../simulator/index.ts';
import type { MemoryNetwork } from '../../simulator/memory-network.ts';
import type { Waiting } from './waiting.ts';

/** An answer that has come to its end. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

export const HOST = '192.168.4.1';

/** Fields of a form. */
export type Fields = Readonly<Record<string, string>>;

/** Somebody with a phone in the bell's own network. */
export class Phone {
  constructor(
    private readonly board: Board, private readonly network: MemoryNetwork, private readonly waiting: Waiting,
  ) {}

  /** A connection to the form; undefined when nobody answers there. */
  connect(): Duplex | undefined {
    const stream = this.network.visit(this.board.mac, 80);
    stream?.on('error', () => undefined);
    return stream;
  }

  /** Sends these bytes, in pieces when there are some; gives what comes back until the bell ends the connection. */
  async send(...pieces: readonly (string | Buffer)[]): Promise<Page> {
    const stream = this.connect();
    if (!stream) throw new Error('nobody answers at the form');
    let text = '';
    let isOver = false;
    stream.on('data', (bytes: Buffer) => { text += bytes.toString('latin1'); });
    for (const event of ['end', 'close']) stream.on(event, () => { isOver = true; this.waiting.look(); });
    for (const piece of pieces) stream.write(piece);
    await this.waiting.until('the end of an answer', () => isOver);
    return { status: Number(/^HTTP\/1\.1 (\d+)/.exec(text)?.[1] ?? 0), text };
  }

  get(path = '/', host = HOST): Promise<Page> {
    return this.send(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: phone\r\n\r\n`);
  }

  /** Posts these bytes as the form. */
  postBytes(body: string, headers: Fields = { Origin: `http://${HOST}` }): Promise<Page> {
    const lines = Object.entries({ Host: HOST, 'Content-Length': String(body.length), ...headers });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    return this.send(`POST / HTTP/1.1\r\n${head}\r\n`, body);
  }

  /** Fills in the form as it is shown, with these fields changed, and sends it. */
  async post(fields: Fields, headers?: Fields): Promise<Page> {
    const { text } = await this.get();
    return this.postBytes(encode({ ...valuesIn(text), ...fields }), headers);
  }
}

/** What a form has in it before anybody changes it, by the names of its fields. */
export function valuesIn(page: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, tag = ''] of page.matchAll(/<input ([^>]*)>/g)) {
    const name = /name=(\w)/.exec(tag)?.[1];
    if (!name || tag.includes('type=checkbox')) continue;
    values[name] = unescape(/value="?([^">]*)/.exec(tag)?.[1] ?? '');
  }
  const chosen = /<option value="?(\d*)"? selected>/.exec(page) ?? /<option value="?(\d*)"?>/.exec(page);
  values['s'] = chosen?.[1] ?? '';
  return values;
}

/** The networks that a form has to choose among, by number. */
export function networksIn(page: string): string[] {
  return [...page.matchAll(/<option value=\d+(?: selected)?>([^<]*)</g)].map(([, name = '']) => unescape(name));
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** Fields as a browser sends them; texts are bytes. */
export function encode(fields: Fields): string {
  const quote = (text: string) => text.replace(/[^A-Za-z0-9*._ -]/g, (byte) =>
    `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).replaceAll(' ', '+');
  return Object.entries(fields).map(([name, value]) => `${name}=${quote(value)}`).join('&');
}
