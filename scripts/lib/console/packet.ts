/**
 * Espruino's packets on its console, from 2v25 on: DLE, SOH, two bytes with type and length, data. Each is answered
 * with ACK or NAK. See README_Protocol.md of Espruino.
 */
export const packets = { response: 0x0000, evaluate: 0x2000, fileSend: 0x6000, data: 0x8000 };

const DLE = 0x10;
const SOH = 0x01;
const ACK = 0x06;
const NAK = 0x15;
const LENGTH = 0x1fff;

/** A packet of a type of `packets`. At most 8,191 bytes fit. */
export function encodePacket(type: number, data: Uint8Array): Uint8Array {
  if (data.length > LENGTH) throw new RangeError('packet too long');
  const head = type | data.length;
  return Uint8Array.of(DLE, SOH, head >> 8, head & 0xff, ...data);
}

/** What comes from a console. */
export type Heard =
  | { readonly type: 'ack' | 'nak' }
  | { readonly type: 'response'; readonly text: string }
  | { readonly type: 'line'; readonly text: string };

/** Takes a console's bytes apart, in whatever pieces they come: answers, packets, and lines of text between them. */
export class ConsoleReader {
  private line = '';
  private before = 0;
  private packet: number[] | undefined;

  constructor(private readonly heard: (what: Heard) => void) {}

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.packet) this.inside(this.packet, byte);
      else this.outside(byte);
    }
  }

  /** Gives up a packet that has begun: what a chip sends while it starts may look like one. */
  forget(): void {
    this.packet = undefined;
    this.before = 0;
  }

  private inside(packet: number[], byte: number): void {
    packet.push(byte);
    const [high = 0, low = 0] = packet;
    if (packet.length < 2 || packet.length < 2 + ((high << 8 | low) & LENGTH)) return;
    this.packet = undefined;
    if ((high << 8 & ~LENGTH) === packets.response) this.heard({ type: 'response', text: latin1(packet.slice(2)) });
  }

  private outside(byte: number): void {
    const { before } = this;
    this.before = byte;
    if (byte === SOH && before === DLE) this.packet = [];
    else if (byte === ACK) this.heard({ type: 'ack' });
    else if (byte === NAK) this.heard({ type: 'nak' });
    else if (byte === 0x0a) this.endLine();
    // A line that nobody ends must not grow for ever.
    else if (byte >= 0x20 && this.line.length < 1000) this.line += String.fromCharCode(byte);
  }

  private endLine(): void {
    // The prompt, and what redraws it.
    const text = this.line.replace(/\[J/g, '').replace(/^>+/, '');
    this.line = '';
    if (text !== '') this.heard({ type: 'line', text });
  }
}

function latin1(bytes: number[]): string {
  return bytes.map((byte) => String.fromCharCode(byte)).join('');
}
