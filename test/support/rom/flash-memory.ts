const SECTOR = 4096;

/** NOR flash: erased a sector at a time to 0xFF, and a write only clears bits. */
export class FlashMemory {
  readonly bytes: Buffer;
  /** Bits that do not take what is written: address to mask. */
  readonly weak = new Map<number, number>();
  /** How often each sector was erased, by address. */
  readonly erased = new Map<number, number>();

  constructor(kb: number, fill = 0xff) {
    this.bytes = Buffer.alloc(kb * 1024, fill);
  }

  erase(address: number, length: number): void {
    const first = Math.floor(address / SECTOR) * SECTOR;
    for (let at = first; at < address + length; at += SECTOR) {
      this.bytes.fill(0xff, at, at + SECTOR);
      this.erased.set(at, (this.erased.get(at) ?? 0) + 1);
    }
  }

  write(address: number, data: Uint8Array): void {
    data.forEach((byte, index) => {
      const at = address + index;
      this.bytes[at]! &= byte ^ (this.weak.get(at) ?? 0);
    });
  }
}
