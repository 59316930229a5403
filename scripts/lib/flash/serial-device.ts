/** The two lines that reset a chip; true is asserted. What is left out stays as it is. */
export interface Signals {
  readonly dataTerminalReady?: boolean;
  readonly requestToSend?: boolean;
}

/**
 * The part of Web Serial's `SerialPort` that flashing and the console use. A browser's port is one;
 * `NodeSerial` is one over the system's ports.
 */
export interface SerialDevice {
  /** Who made the USB side of it, as far as the system tells. */
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
  /** Rejects when the port is not there, not allowed, or held by another program. */
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
  /** Null while the port is closed. Ends or errors when the device is unplugged. */
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  /** Sets both lines in one step, so that a chip never sees a state between. */
  setSignals(signals: Signals): Promise<void>;
  /** False when the port turned out to have no such lines: then a person resets the board. */
  readonly hasLines?: boolean;
  /** Changes the speed of an open port. Where it is missing the port is closed and opened again. */
  setBaudRate?(baudRate: number): Promise<void>;
  /** Calls back once when the device is unplugged. Web Serial's `disconnect` event fills it. */
  onLost?(callback: () => void): void;
}
