import type { SerialDevice, Signals } from '../../../scripts/lib/flash/serial-device.ts';
import type { FakeChip } from './chip.ts';

/**
 * A port of a computer with a chip at its other end, all in memory. Lines keep what was set before,
 * as real ones do, and a chip hears nothing that is sent at another speed.
 */
export class MemoryPort implements SerialDevice {
  readable: ReadableStream<Uint8Array> | null = null;
  writable: WritableStream<Uint8Array> | null = null;
  /** How often it was opened. */
  opened = 0;
  private controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  private writing: WritableStreamDefaultController | undefined;
  private baud = 0;
  private dtr = false;
  private rts = false;
  private readonly lost: (() => void)[] = [];
  private unplugged = false;

  constructor(private readonly chip: FakeChip, private readonly info: ReturnType<SerialDevice['getInfo']> = {}) {
    chip.onSend = (bytes) => this.controller?.enqueue(Uint8Array.from(bytes));
    chip.onUnplug = () => this.unplug();
  }

  getInfo(): ReturnType<SerialDevice['getInfo']> {
    return this.info;
  }

  open({ baudRate }: { readonly baudRate: number }): Promise<void> {
    if (this.unplugged) return Promise.reject(Object.assign(new Error('no such port'), { code: 'ENOENT' }));
    if (this.readable) return Promise.reject(new Error('already open'));
    this.opened++;
    this.baud = baudRate;
    this.readable = new ReadableStream({ start: (controller) => void (this.controller = controller) });
    this.writable = new WritableStream({
      start: (controller) => void (this.writing = controller),
      write: (bytes: Uint8Array) => this.chip.receive(bytes, this.baud),
    });
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.readable = this.writable = null;
    this.controller = undefined;
    return Promise.resolve();
  }

  setSignals({ dataTerminalReady = this.dtr, requestToSend = this.rts }: Signals): Promise<void> {
    this.dtr = dataTerminalReady;
    this.rts = requestToSend;
    if (!this.unplugged) this.chip.setLines(this.dtr, this.rts);
    return Promise.resolve();
  }

  setBaudRate(baudRate: number): Promise<void> {
    this.baud = baudRate;
    return Promise.resolve();
  }

  onLost(callback: () => void): void {
    this.lost.push(callback);
  }

  /** The cable is put back. */
  plugIn(): void {
    this.unplugged = false;
    this.chip.plugIn();
  }

  private unplug(): void {
    this.unplugged = true;
    const error = new DOMException('The device has been lost.', 'NetworkError');
    this.controller?.error(error);
    this.writing?.error(error);
    this.controller = undefined;
    for (const callback of this.lost.splice(0)) callback();
  }
}
