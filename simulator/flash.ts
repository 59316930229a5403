/** Thrown into board code when the power goes in the middle of it. Every later call throws it again. */
export class PowerCut extends Error {
  constructor() {
    super('power cut');
  }
}

/**
 * The part of a NOR flash that holds Storage: a write can only clear bits, an erase sets a whole page to 0xFF.
 *
 * Counts every write and erase, and can cut the power in the middle of one.
 */
export class Flash {
  /** Writes and erases so far. */
  writes = 0;
  /** Set to make every write and erase do nothing, as a worn-out or locked chip does. */
  failing = false;
  /** Most bytes that were written at once: an ESP8266 has little stack for more than 1 KB. */
  largestWrite = 0;
  /** Told before each write and erase. */
  onOperation: () => void = () => undefined;
  private cutIn = 0;
  private cutShare = 0.5;

  readonly bytes: Uint8Array;

  constructor(
    readonly address: number,
    readonly pageSize: number,
    pages: number,
    content: Uint8Array,
    private readonly cutPower: () => void,
  ) {
    this.bytes = new Uint8Array(pages * pageSize).fill(0xFF);
    this.bytes.set(content.subarray(0, this.bytes.length));
  }

  get end(): number {
    return this.address + this.bytes.length;
  }

  /** The power goes during the n-th write or erase from now; `share` of that one still happens. */
  cutAfter(n: number, share = 0.5): void {
    this.cutIn = n;
    this.cutShare = share;
  }

  /** Copy of `length` bytes; what lies outside of Storage reads as erased. */
  read(address: number, length: number): Uint8Array {
    const from = address - this.address;
    const copy = new Uint8Array(length).fill(0xFF);
    const first = Math.max(0, from);
    const last = Math.min(this.bytes.length, from + length);
    if (last > first) copy.set(this.bytes.subarray(first, last), first - from);
    return copy;
  }

  /** Clears the bits that are 0 in `data`. Outside of Storage nothing happens. */
  write(address: number, data: Uint8Array): void {
    this.largestWrite = Math.max(this.largestWrite, data.length);
    this.operate(data.length, (length) => {
      for (let i = 0; i < length; i++) this.mask(address + i - this.address, data[i] as number);
    });
  }

  /** Erases the page that holds `address`. */
  erase(address: number): void {
    const from = Math.floor((address - this.address) / this.pageSize) * this.pageSize;
    if (from < 0 || from >= this.bytes.length) return;
    this.operate(this.pageSize, (length) => { this.bytes.fill(0xFF, from, from + length); });
  }

  /** Start of the page that holds `address`, or undefined when it isn't in Storage. */
  pageOf(address: number): number | undefined {
    if (address < this.address || address >= this.end) return undefined;
    return address - ((address - this.address) % this.pageSize);
  }

  private mask(at: number, value: number): void {
    if (at >= 0 && at < this.bytes.length) this.bytes[at] = (this.bytes[at] as number) & value;
  }

  private operate(length: number, work: (length: number) => void): void {
    this.writes++;
    this.onOperation();
    const cut = this.cutIn > 0 && --this.cutIn === 0;
    if (!this.failing) work(cut ? Math.floor(length * this.cutShare) : length);
    if (!cut) return;
    this.cutPower();
    throw new PowerCut();
  }
}
