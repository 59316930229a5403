const END = 0xc0;
const ESCAPE = 0xdb;
const ESCAPED_END = 0xdc;
const ESCAPED_ESCAPE = 0xdd;

/** A packet with its frame, as it goes over the wire. */
export function frame(packet: Uint8Array): Uint8Array {
  const out = [END];
  for (const byte of packet) {
    if (byte === END) out.push(ESCAPE, ESCAPED_END);
    else if (byte === ESCAPE) out.push(ESCAPE, ESCAPED_ESCAPE);
    else out.push(byte);
  }
  return Uint8Array.from([...out, END]);
}

/** Takes packets out of a stream of bytes, however it is cut; what is outside of frames is dropped. */
export class Unframer {
  private packet: number[] | undefined;
  private escaping = false;

  constructor(private readonly onPacket: (packet: Uint8Array) => void) {}

  push(bytes: Uint8Array): void {
    for (const byte of bytes) this.take(byte);
  }

  private take(byte: number): void {
    if (byte === END) return this.end();
    if (!this.packet) return;
    if (this.escaping) this.packet.push(byte === ESCAPED_END ? END : ESCAPE);
    else if (byte !== ESCAPE) this.packet.push(byte);
    this.escaping = !this.escaping && byte === ESCAPE;
  }

  private end(): void {
    const packet = this.packet;
    // The end of one frame may be the beginning of the next: an empty packet is a beginning.
    this.packet = packet && packet.length > 0 ? undefined : [];
    this.escaping = false;
    if (packet && packet.length > 0) this.onPacket(Uint8Array.from(packet));
  }
}
