import type { Chip, PinName } from './board.ts';

/** Why each pin of a chip must not drive a relay, and the pins that may. */
export interface UnsafePins {
  readonly why: Readonly<Record<number, string>>;
  /** Quiet from power-up until the firmware drives them; the first is the one to recommend. */
  readonly safe: readonly PinName[];
}

const FLASH = 'belongs to the flash memory';
const OCTAL = 'belongs to the memory of modules with eight lines';
const USB = 'is a wire of USB, high at power-up';
const MISSING = 'is not there on this chip';
const PULLED = 'is pulled up by Espruino at boot, which would click the relay';

/**
 * Sources: the chips' data sheets for straps, flash, levels at reset and glitches at power-up; Espruino's
 * `jshardware.c` of both ports and `jsdevices.c` for the pull-ups that it sets; published measurements of the levels
 * during reset.
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
  esp32c3: {
    why: {
      0: 'is pulled up by Espruino at boot, which takes it for a button',
      2: 'has to be high at reset',
      6: 'is pulled up from reset on, for JTAG',
      8: 'has to be high at reset for the serial loader, and lights an LED on many boards',
      9: 'selects the serial loader when low at reset',
      11: FLASH, 12: FLASH, 13: FLASH, 14: FLASH, 15: FLASH, 16: FLASH, 17: FLASH,
      18: USB, 19: USB,
      20: 'is the serial input, pulled up from reset on',
      21: 'sends the boot log',
    },
    safe: ['D3', 'D4', 'D5', 'D7', 'D10', 'D1'],
  },
  esp32s3: {
    why: {
      0: 'selects the serial loader when low at reset',
      3: 'is a strap of JTAG',
      12: PULLED, 13: PULLED, 14: PULLED, 15: PULLED, 18: PULLED,
      19: USB, 20: USB,
      21: PULLED, 22: MISSING, 23: MISSING, 24: MISSING, 25: MISSING,
      26: FLASH, 27: FLASH, 28: FLASH, 29: FLASH, 30: FLASH, 31: FLASH, 32: FLASH,
      33: OCTAL, 34: OCTAL, 35: OCTAL, 36: OCTAL, 37: OCTAL,
      38: PULLED, 39: PULLED,
      43: 'sends the boot log',
      44: 'is the serial input, pulled up from reset on',
      45: 'selects the voltage of the flash memory at reset',
      46: 'is a strap of the serial loader',
      48: 'drives the LED of many boards',
    },
    safe: ['D4', 'D5', 'D6', 'D7', 'D16', 'D17', 'D1', 'D2', 'D40', 'D41', 'D42', 'D47'],
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
