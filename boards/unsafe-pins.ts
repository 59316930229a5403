import type { Chip, PinName } from './board.ts';

/** Why each pin of a chip must not drive a relay, and the pins that may. */
export interface UnsafePins {
  readonly why: Readonly<Record<number, string>>;
  /** Quiet from power-up until the firmware drives them; the first is the one to recommend. */
  readonly safe: readonly PinName[];
}

const FLASH = 'belongs to the flash memory';
const PULLED = 'is pulled up by Espruino at boot, which would click the relay';

/**
 * Sources: the chips' data sheets for straps and flash; Espruino's `jshardware.c` of both ports for
 * the pull-ups that it sets; published measurements of the levels during reset.
 */
export const unsafePins: Readonly<Record<Chip, UnsafePins>> = {
  esp8266: {
    why: {
      0: 'selects the serial loader when low at reset, and toggles during boot',
      1: 'sends the boot log',
      2: 'has to be high at reset, and toggles during boot',
      3: 'is the serial input, high at reset',
      6: FLASH, 7: FLASH, 8: FLASH, 9: FLASH, 10: FLASH, 11: FLASH,
      12: 'is pulled up during reset',
      13: 'is pulled up during reset',
      14: 'is pulled up during reset',
      15: 'has to be low at reset, and glitches',
      16: 'is driven high until the firmware runs',
    },
    safe: ['D5', 'D4'],
  },
  esp32: {
    why: {
      0: 'selects the serial loader when low at reset',
      1: 'sends the boot log',
      2: 'is a strap of the serial loader',
      3: 'is the serial input, high at reset',
      5: 'is a strap, and sends a signal at reset',
      6: FLASH, 7: FLASH, 8: FLASH, 9: FLASH, 10: FLASH, 11: FLASH,
      12: 'selects the voltage of the flash memory at reset',
      13: PULLED, 14: PULLED, 15: 'is a strap, and sends a signal at reset',
      18: PULLED, 19: PULLED, 21: PULLED, 22: PULLED, 25: PULLED, 26: PULLED, 27: PULLED,
      34: 'is an input only', 35: 'is an input only', 36: 'is an input only',
      37: 'is an input only', 38: 'is an input only', 39: 'is an input only',
    },
    safe: ['D4', 'D23', 'D32', 'D33', 'D16', 'D17'],
  },
  // Its pins move nothing.
  linux: { why: {}, safe: [] },
};

/** Why a pin must not drive a relay, with one that may; '' when it is safe. */
export function refuseRelayPin(chip: Chip, pin: PinName): string {
  const pins = unsafePins[chip];
  const reason = pins.why[Number(pin.slice(1))];
  return reason === undefined ? '' : `${pin} ${reason}; ${pins.safe[0]} is safe`;
}
