/** Espruino's generator: from the same seed after each boot, on every device. */
export class Random {
  private w = 0xDEADBEEF;
  private z = 0xCAFEBABE;

  /** `Math.random()`'s and `E.hwRand()`'s next 31 bits. */
  next(): number {
    this.z = (Math.imul(36969, this.z & 0xFFFF) + (this.z >>> 16)) >>> 0;
    this.w = (Math.imul(18000, this.w & 0xFFFF) + (this.w >>> 16)) >>> 0;
    return ((this.z << 16) + this.w) & 0x7FFFFFFF;
  }

  seed(seed: number): void {
    this.w = ((seed & 0xFFFF) | (seed << 16)) >>> 0;
    this.z = ((seed & 0xFFFF0000) | (seed >>> 16)) >>> 0;
  }
}
