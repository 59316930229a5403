import type { Board } from '../../simulator/index.ts';

const LENGTH = 0x1fff;

/**
 * Espruino's console on a simulated board: who is there, and its packets. The simulated board has no console of its
 * own; this one answers as the interpreter's source has it.
 */
export class BoardConsole {
  /** Everything that was ever sent to the device, as text: for a test to look for what must not be there. */
  received = '';
  private packet: number[] | undefined;
  private before = 0;
  private file: { fn: string; s: number; offset: number } | undefined;

  constructor(private readonly board: () => Board | undefined, private readonly send: (text: string) => void) {}

  receive(bytes: Uint8Array): void {
    this.received += Buffer.from(bytes).toString('latin1');
    if (!this.board()?.run) return;
    for (const byte of bytes) this.take(byte);
  }

  private take(byte: number): void {
    const { before, packet } = this;
    this.before = byte;
    if (packet) {
      packet.push(byte);
      const [high = 0, low = 0] = packet;
      const head = high << 8 | low;
      if (packet.length < 2 || packet.length < 2 + (head & LENGTH)) return;
      this.packet = undefined;
      this.process(head & ~LENGTH, Buffer.from(packet.slice(2)).toString('latin1'));
    } else if (byte === 1 && before === 0x10) this.packet = [];
    else if (byte === 5) this.send(`Espruino 2v29 ${this.board()!.chip.board}\r\n>`);
  }

  private process(type: number, data: string): void {
    if (type === 0x2000) return this.evaluate(data);
    if (type === 0x6000) {
      this.file = { ...JSON.parse(data) as { fn: string; s: number }, offset: 0 };
      this.send('\x06');
    } else if (type === 0x8000 && this.file) this.write(this.file, data);
    else this.send('\x15');
  }

  private write(file: { fn: string; s: number; offset: number }, data: string): void {
    const { fn, s, offset } = file;
    file.offset += data.length;
    const call = `require("Storage").write(${[fn, data, offset, s].map((value) => JSON.stringify(value)).join(',')})`;
    this.send(this.run(call).ok ? '\x06' : '\x15');
    if (file.offset >= s) this.file = undefined;
  }

  private evaluate(code: string): void {
    const { ok, value } = this.run(code);
    if (!ok) return this.send('\x15Uncaught Error\r\n');
    // Bytes are escaped as Espruino does it, which is not JSON.
    const hex = (byte: string) => `\\x${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
    const json = value === undefined ? 'undefined' : JSON.stringify(value);
    const text = json.replace(/[\x7f-\xff]/g, hex).replace(/\\u00/g, '\\x');
    this.send(`\x06\x10\x01${String.fromCharCode(text.length >> 8, text.length & 0xff)}${text}`);
  }

  private run(code: string): { ok: boolean; value: unknown } {
    const result = this.board()?.run?.interpreter.evaluate(
      `(function(){try{return {v:eval(${JSON.stringify(code)})}}catch(e){return 0}})()`, 'console',
    ) as { v: unknown } | 0 | undefined;
    return result ? { ok: true, value: result.v } : { ok: false, value: undefined };
  }
}
