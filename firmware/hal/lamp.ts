/** Length of a blink and of the dark behind it, ms. */
const LIT = 80;
const DARK = 240;

/**
 * Blinks the LED so many times, by the hardware's timer, which holds 16 edges for all pins: seven blinks and a stroke.
 */
export function blink(times: number): void {
  if (!BOARD.led) return;
  const edges = [LIT];
  while (--times > 0) edges.push(DARK, LIT);
  digitalPulse(new Pin(BOARD.led.pin), BOARD.led.on, edges);
}
