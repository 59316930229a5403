import { PortFailure } from '../../../scripts/lib/flash/port-failure.ts';
import type { SerialDevice, Signals } from '../../../scripts/lib/flash/serial-device.ts';
import { usbName } from '../../../scripts/lib/flash/usb-names.ts';

/** The part of Web Serial's `SerialPort` that is used here; TypeScript's own types do not have it. */
export interface BrowserPort extends EventTarget {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  getInfo(): ReturnType<SerialDevice['getInfo']>;
  open(options: { baudRate: number; bufferSize?: number }): Promise<void>;
  close(): Promise<void>;
  setSignals(signals: Signals): Promise<void>;
}

interface Serial {
  requestPort(): Promise<BrowserPort>;
}

/** Bytes that may wait until the page has time for them; what comes beyond is lost. */
const BUFFER = 0x10000;

/** Whether this browser can use serial ports, on this page; else why not. */
export function whyNoSerial(): string {
  if ('serial' in navigator) return '';
  if (!isSecureContext) {
    return `Browsers let a page use serial ports only at localhost or over https: open http://localhost:${location.port}/ ` +
      'on the computer that the workshop runs on.';
  }
  return 'This browser has no Web Serial. Chrome and Edge on a computer have it; npx bell flash needs no browser.';
}

/** Lets the person choose a port; undefined when none was chosen. Call it from a click. */
export async function choosePort(): Promise<WebSerialDevice | undefined> {
  try {
    return new WebSerialDevice(await (navigator as unknown as { serial: Serial }).serial.requestPort());
  } catch (error) {
    if ((error as DOMException).name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** A port of the browser, as flashing and the console use one. */
export class WebSerialDevice implements SerialDevice {
  hasLines = true;
  private isLost = false;
  private readonly lost: (() => void)[] = [];

  constructor(private readonly port: BrowserPort) {
    port.addEventListener('disconnect', () => {
      this.isLost = true;
      for (const callback of this.lost.splice(0)) callback();
    });
  }

  /** What a person calls it. */
  get name(): string {
    const { usbVendorId, usbProductId } = this.getInfo();
    return usbName(usbVendorId, usbProductId) || 'a serial port';
  }

  /** Whether it was unplugged: then it has to be chosen again. */
  get isGone(): boolean {
    return this.isLost;
  }

  get readable(): ReadableStream<Uint8Array> | null {
    return this.port.readable;
  }

  get writable(): WritableStream<Uint8Array> | null {
    return this.port.writable;
  }

  getInfo(): ReturnType<SerialDevice['getInfo']> {
    return this.port.getInfo();
  }

  async open(options: { readonly baudRate: number }): Promise<void> {
    await this.port.open({ ...options, bufferSize: BUFFER }).catch((error: DOMException) => {
      throw openFailure(error, this.isLost);
    });
  }

  close(): Promise<void> {
    return this.port.close();
  }

  async setSignals(signals: Signals): Promise<void> {
    await this.port.setSignals(signals).catch((error: DOMException) => {
      if (this.isLost || error.name !== 'NetworkError') throw error;
      this.hasLines = false;
    });
  }

  onLost(callback: () => void): void {
    this.lost.push(callback);
  }
}

function openFailure(error: DOMException, isLost: boolean): Error {
  if (isLost) return new PortFailure('no-port', 'The board is not plugged in', 'Plug it in and choose its port again.');
  if (error.name !== 'NetworkError') return error;
  return new PortFailure(
    'busy', 'The port cannot be opened: another program has it open, or you may not use it',
    'Close serial monitors, IDEs and other pages that use it. On Linux you may have to say sudo usermod -aG dialout ' +
    '$USER, then log out and in again.',
  );
}
