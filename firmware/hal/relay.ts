import type { Output } from '../core/contracts.ts';

/** The relay's pin, driven by the interpreter's hardware timer. */
export function relay(): Output {
  const pin = new Pin(BOARD.relay.pin);
  return {
    pulse: (ms) => digitalPulse(pin, BOARD.relay.on, ms),
    off: () => digitalWrite(pin, 1 - BOARD.relay.on),
  };
}
