/**
 * How often the LED blinks, every four seconds, for each state. docs/led.md lists them. The loader, and with it safe
 * mode, leaves the LED dark.
 */
export const WELL = 1;
export const NO_NETWORK = 2;
export const NO_BROKER = 3;
export const REFUSED = 4;
export const DEAF = 5;
export const NO_SETTINGS = 6;
