import type { Output } from '../core/contracts.ts';

/** The relay's pin, driven by the interpreter's hardware timer. */
export function relay(): Output {
  const pin = Pin(BOARD.relay.pin);
  return {
    pulse: (ms) => {
      // Espruino for Linux has no such timer: there a stroke is ended by the ringer's own, and by its ticks.
      if (BOARD.chip === 'linux') digitalWrite(pin, BOARD.relay.on);
      else digitalPulse(pin, BOARD.relay.on, ms);
    },
    off: () => digitalWrite(pin, 1 - BOARD.relay.on),
  };
}
