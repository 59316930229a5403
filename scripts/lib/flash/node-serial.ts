import type * as SerialLibrary from 'serialport';
import { openFailure } from './open-failure.ts';
import { PortFailure } from './port-failure.ts';
import type { SerialDevice, Signals } from './serial-device.ts';

export interface NodeSerialOptions {
  readonly vendor?: number;
  readonly product?: number;
  /** Stands for the lines where the port has none: a pseudo-terminal, in a test. */
  readonly onLines?: (dtr: boolean, rts: boolean) => void;
}

/** The library for ports, which is left out of an installation where it has no binary for the system. */
export async function loadSerial(): Promise<typeof SerialLibrary> {
  try {
    return await import('serialport');
  } catch {
    throw new PortFailure(
      'no-library', 'The library for serial ports is not installed',
      'Run npm install --include=optional. Where that fails, flash from the page of npm start in Chrome or Edge.',
    );
  }
}

/** A port of this computer in the shape of Web Serial. */
export class NodeSerial implements SerialDevice {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  hasLines = true;
  private port: SerialLibrary.SerialPort | undefined;
  // The library sets both lines whenever one is given, so both are given, always.
  private dtr = false;
  private rts = false;
  private readonly lost: (() => void)[] = [];

  constructor(readonly path: string, private readonly options: NodeSerialOptions = {}) {}

  getInfo(): ReturnType<SerialDevice['getInfo']> {
    const { vendor, product } = this.options;
    return {
      ...(vendor === undefined ? {} : { usbVendorId: vendor }),
      ...(product === undefined ? {} : { usbProductId: product }),
    };
  }

  async open({ baudRate }: { readonly baudRate: number }): Promise<void> {
    const { SerialPort } = await loadSerial();
    const port = new SerialPort({ path: this.path, baudRate, autoOpen: false });
    await step((done) => port.open(done)).catch((error: Error) => {
      throw openFailure(error, this.path);
    });
    this.port = port;
    this.readable = new ReadableStream({
      start: (controller) => this.feed(port, controller),
      // What a chip still says to a reader that has given up would be thrown as an error by nobody in particular.
      cancel: () => void port.removeAllListeners('data'),
    });
    this.writable = new WritableStream({ write: (bytes) => step((done) => port.write(bytes, undefined, done)) });
  }

  async close(): Promise<void> {
    const { port } = this;
    this.port = undefined;
    this.readable = this.writable = null;
    if (port?.isOpen) await step((done) => port.close(done));
  }

  async setSignals({ dataTerminalReady = this.dtr, requestToSend = this.rts }: Signals): Promise<void> {
    this.dtr = dataTerminalReady;
    this.rts = requestToSend;
    const { port } = this;
    if (!port) throw new Error('the port is closed');
    const { onLines } = this.options;
    if (onLines) return onLines(this.dtr, this.rts);
    await step((done) => port.set({ dtr: this.dtr, rts: this.rts }, done)).catch((error: Error) => {
      if (!/inappropriate ioctl|ENOTTY/i.test(error.message)) throw error;
      this.hasLines = false;
    });
  }

  async setBaudRate(baudRate: number): Promise<void> {
    await step((done) => this.port?.update({ baudRate }, done));
  }

  onLost(callback: () => void): void {
    this.lost.push(callback);
  }

  private feed(port: SerialLibrary.SerialPort, controller: ReadableStreamDefaultController<Uint8Array>): void {
    port.on('data', (bytes: Buffer) => controller.enqueue(Uint8Array.from(bytes)));
    // An error of a write is told to the writer; what is left here comes with the end of the port.
    port.on('error', () => undefined);
    const end = () => {
      if (this.port !== port) return;
      controller.error(new DOMException('The device has been lost.', 'NetworkError'));
      for (const callback of this.lost.splice(0)) callback();
    };
    port.once('close', end);
    port.once('end', end);
  }
}

/** One call of the library as a promise. */
function step(run: (done: (error?: Error | null) => void) => unknown): Promise<void> {
  return new Promise((done, fail) => run((error) => (error ? fail(error) : done())));
}
