import type { SerialDevice } from '../../scripts/lib/flash/serial-device.ts';

/** A serial port whose other end is a function. What is sent while it is closed is lost, as on a real one. */
export class ConsolePort implements SerialDevice {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  /** Takes what is written to the port. */
  onBytes: (bytes: Uint8Array) => void = () => undefined;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  getInfo(): Record<string, never> {
    return {};
  }

  async open(): Promise<void> {
    this.readable = new ReadableStream({
      start: (controller) => { this.controller = controller; },
      cancel: () => { this.controller = undefined; },
    });
    this.writable = new WritableStream({ write: (bytes) => this.onBytes(bytes) });
  }

  async close(): Promise<void> {
    this.readable = this.writable = null;
    this.controller = undefined;
  }

  async setSignals(): Promise<void> { /* A console has no lines. */ }

  /** The device says something. */
  say(bytes: Uint8Array | string): void {
    this.controller?.enqueue(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** The cable is pulled. */
  pull(): void {
    this.controller?.error(new DOMException('The device has been lost.', 'NetworkError'));
    this.controller = undefined;
  }
}
