/**
 * How often the LED blinks, every few seconds, for each state. docs/led.md lists them. The loader leaves it dark, but
 * for safe mode.
 */
export const WELL = 1;
export const NO_NETWORK = 2;
export const NO_BROKER = 3;
export const REFUSED = 4;
export const DEAF = 5;
export const NO_SETTINGS = 6;
export const SAFE_MODE = 7;

/** Seconds from one blink code to the next. */
export const LED_EVERY = 4;
