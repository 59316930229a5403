/** How far each step turns, four in turn for each of the four rounds. */
const TURNS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
/** The sines of RFC 1321. */
const SINES = Int32Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) | 0);

/**
 * MD5 as 32 hex digits. The chips' loader answers what is in flash as its MD5 and browsers have
 * none, so that page and command share this one. It finds bits that were turned, and proves nothing.
 */
export function md5(bytes: Uint8Array): string {
  const words = pad(bytes);
  const state = Int32Array.of(0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476);
  for (let at = 0; at < words.length; at += 16) addBlock(state, words, at);
  const sum = new DataView(new ArrayBuffer(16));
  state.forEach((word, index) => sum.setInt32(4 * index, word, true));
  return Array.from(new Uint8Array(sum.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The message as words, with a one behind it, zeros, and its length in bits. RFC 1321, 3.1 and 3.2. */
function pad(bytes: Uint8Array): Int32Array {
  const length = (bytes.length + 8 >> 6) + 1 << 4;
  const padded = new DataView(new ArrayBuffer(4 * length));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(4 * length - 8, bytes.length << 3, true);
  padded.setUint32(4 * length - 4, bytes.length >>> 29, true);
  return Int32Array.from({ length }, (_, index) => padded.getInt32(4 * index, true));
}

/** RFC 1321, 3.4. */
function addBlock(state: Int32Array, words: Int32Array, at: number): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number];
  for (let step = 0; step < 64; step++) {
    const [mix, word] = mixOf(step, b, c, d);
    const sum = a + mix + SINES[step]! + words[at + word]! | 0;
    const turn = TURNS[(step >> 4) * 4 + step % 4]!;
    [a, d, c] = [d, c, b];
    b = b + (sum << turn | sum >>> 32 - turn) | 0;
  }
  [a, b, c, d].forEach((word, index) => { state[index] = state[index]! + word | 0; });
}

/** What a step mixes, and which word of the block it adds. */
function mixOf(step: number, b: number, c: number, d: number): [number, number] {
  if (step < 16) return [b & c | ~b & d, step];
  if (step < 32) return [d & b | ~d & c, (5 * step + 1) % 16];
  if (step < 48) return [b ^ c ^ d, (3 * step + 5) % 16];
  return [c ^ (b | ~d), 7 * step % 16];
}
