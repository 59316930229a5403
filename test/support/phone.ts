import type { Duplex } from 'node:stream';
import { encode, valuesIn, type Fields } from '../../scripts/bench/form-page.ts';
import type { Board } from '../../simulator/index.ts';
import type { MemoryNetwork } from '../../simulator/memory-network.ts';
import type { Waiting } from './waiting.ts';

/** An answer that has come to its end. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

export const HOST = '192.168.4.1';

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
