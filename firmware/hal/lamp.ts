/** Length of a blink and of the dark behind it, ms. */
const LIT = 80;
const DARK = 240;

/**
 * Blinks by timers of JavaScript. Espruino for Linux queues edges that nobody takes, until there is no room; and an
 * ESP32 whose timer fires while flash is written runs code that is in flash, which it cannot read then.
 */
function slowly(pin: Pin, edges: number[]): void {
  let level: number = BOARD.led!.on;
  const next = () => {
    digitalWrite(pin, level);
    level = 1 - level;
    const ms = edges.shift();
    if (ms) setTimeout(next, ms);
  };
  next();
}

/**
 * Blinks the LED so many times. On an ESP8266 by the hardware's timer, which holds 16 edges for all pins: seven blinks
 * and a stroke.
 */
export function blink(times: number): void {
  if (!BOARD.led) return;
  const pin = Pin(BOARD.led.pin);
  const edges = [LIT];
  while (--times > 0) edges.push(DARK, LIT);
  if (BOARD.chip === 'esp8266') digitalPulse(pin, BOARD.led.on, edges);
  else slowly(pin, edges);
}
