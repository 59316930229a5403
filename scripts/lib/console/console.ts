import { Failure } from '../failure.ts';
import { crc32 } from '../flash/crc32.ts';
import { interrupted, lostFailure, PortFailure } from '../flash/port-failure.ts';
import type { SerialDevice } from '../flash/serial-device.ts';
import { readValue } from './read-value.ts';
import { ConsoleReader, encodePacket, packets, type Heard } from './packet.ts';

const BAUD = 115200;
/** Deletes a line that somebody has begun, then asks who is there. */
const WHO = Uint8Array.of(0x15, 0x05);
const ASK_AGAIN_MS = 500;
/** Less than the buffer for input of the smallest chip, which has no way to say that it is full. */
const PIECE = 128;
/** Lines that are kept of what the device prints. */
const LINES = 50;
/** The first version with packets. */
const OLDEST = 25;

export interface ConsoleOptions {
  /** How long a device may take to start and to say who it is, ms. */
  readonly patienceMs?: number;
  /** How long an answer to a packet may take, ms. */
  readonly answerMs?: number;
}

/** Who answers at a console. */
export interface Greeting {
  /** As `2v29`. */
  readonly version: string;
  readonly board: string;
}

/** The console of Espruino behind a serial port. Whatever else the device prints is let pass. */
export class EspruinoConsole {
  /** The last lines that the device printed. */
  readonly lines: string[] = [];
  private readonly waiting = new Set<(heard: Heard | Failure) => void>();
  private reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  private writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  private pump: Promise<void> = Promise.resolve();
  private readonly parts = new ConsoleReader((heard) => {
    if (heard.type === 'line') this.lines.splice(0, Math.max(0, this.lines.push(heard.text) - LINES));
    this.tell(heard);
  });

  private constructor(
    private readonly device: SerialDevice, private readonly signal: AbortSignal,
    private readonly options: ConsoleOptions,
  ) {}

  /** Opens the port. Throws a PortFailure when it cannot be opened. */
  static async open(device: SerialDevice, signal: AbortSignal, options: ConsoleOptions = {}): Promise<EspruinoConsole> {
    const opened = new EspruinoConsole(device, signal, options);
    await device.open({ baudRate: BAUD });
    // Both lines released: the chip runs, and is not in its loader.
    await device.setSignals({ dataTerminalReady: false, requestToSend: false });
    opened.listen();
    return opened;
  }

  /** Asks who is there until somebody says so. Throws a Failure when nobody does, or an interpreter that is too old. */
  async greet(): Promise<Greeting> {
    const end = Date.now() + (this.options.patienceMs ?? 15_000);
    while (Date.now() < end) {
      const answer = this.next((heard) => heard.type === 'line' && /Espruino \dv\d+/.test(heard.text), ASK_AGAIN_MS);
      await this.write(WHO);
      const heard = await answer;
      if (heard?.type !== 'line') continue;
      const [, version = '', board = ''] = /Espruino (\dv\d+\S*) (\S+)/.exec(heard.text) ?? [];
      if (Number(/v(\d+)/.exec(version)?.[1]) >= OLDEST) return { version, board };
      const what = `The interpreter on the device is ${version}, which is too old`;
      throw new PortFailure('too-old', what, 'Run npx bell flash: it replaces it and leaves the settings alone.');
    }
    throw new PortFailure(
      'silent', 'No Espruino answers at this port',
      'Press RST or EN once and try again; a board that was never flashed wants npx bell flash.',
    );
  }

  /** The value of an expression that is a number, a string, or a list of them. Throws a Failure when it throws. */
  async evaluate(expression: string): Promise<unknown> {
    const response = this.next(({ type }) => type === 'response' || type === 'nak', this.answerMs);
    await this.write(encodePacket(packets.evaluate, new TextEncoder().encode(expression)));
    const heard = await response;
    if (heard?.type !== 'response') throw this.noAnswer(heard !== undefined);
    return readValue(heard.text);
  }

  /** Writes a file into Storage, reads its checksum back, and throws a Failure when it is not what was sent. */
  async sendFile(name: string, data: Uint8Array): Promise<void> {
    await this.send(packets.fileSend, new TextEncoder().encode(JSON.stringify({ fn: name, s: data.length })));
    for (let at = 0; at < data.length; at += PIECE) await this.send(packets.data, data.subarray(at, at + PIECE));
    const found = await this.evaluate(`E.CRC32(require("Storage").read(${JSON.stringify(name)})||"")`);
    const wanted = crc32(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
    if (found !== wanted) throw new Failure(`${name} did not arrive whole`, 'Try again with another cable.');
  }

  /** Sends bytes and waits for nothing. */
  async write(bytes: Uint8Array): Promise<void> {
    if (this.signal.aborted) throw interrupted();
    await this.writer?.write(bytes).catch(() => {
      throw lostFailure();
    });
  }

  /** Closes the port. Safe to call twice. */
  async close(): Promise<void> {
    await this.reader?.cancel().catch(() => undefined);
    await this.pump;
    this.writer?.releaseLock();
    this.writer = this.reader = undefined;
    await this.device.close().catch(() => undefined);
  }

  private get answerMs(): number {
    return this.options.answerMs ?? 5000;
  }

  private async send(type: number, data: Uint8Array): Promise<void> {
    const answer = this.next(({ type: kind }) => kind === 'ack' || kind === 'nak', this.answerMs);
    await this.write(encodePacket(type, data));
    const heard = await answer;
    if (heard?.type !== 'ack') throw this.noAnswer(heard !== undefined);
  }

  private noAnswer(isRefused: boolean): Failure {
    if (isRefused) return new Failure('The device refused what it was told', 'Restart it and try again.');
    return new PortFailure('silent', 'The device stopped answering', 'Press RST or EN once and try again.');
  }

  /** The next of what is heard that fits; undefined when nothing comes in time. Rejects when the device is lost. */
  private next(fits: (heard: Heard) => boolean, ms: number): Promise<Heard | undefined> {
    this.parts.forget();
    const found = new Promise<Heard | undefined>((done, fail) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        this.waiting.delete(look);
        this.signal.removeEventListener('abort', abort);
        end();
      };
      const look = (heard: Heard | Failure) => {
        if (heard instanceof Failure) settle(() => fail(heard));
        else if (fits(heard)) settle(() => done(heard));
      };
      const abort = () => settle(() => fail(interrupted()));
      const timer = setTimeout(() => settle(() => done(undefined)), ms);
      this.waiting.add(look);
      this.signal.addEventListener('abort', abort);
    });
    // Whoever asked hears of it, once the bytes are out.
    found.catch(() => undefined);
    return found;
  }

  private listen(): void {
    const { readable, writable } = this.device;
    if (!readable || !writable) throw lostFailure();
    this.reader = readable.getReader();
    this.writer = writable.getWriter();
    this.pump = this.read(this.reader);
  }

  private async read(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        this.parts.push(value);
      }
    } catch {
      // The stream ends with an error when the cable is pulled.
    }
    this.tell(lostFailure());
    reader.releaseLock();
  }

  private tell(what: Heard | Failure): void {
    for (const look of [...this.waiting]) look(what);
  }
}
