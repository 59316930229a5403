/** What a chip does when its lines let it start. */
export type Start = 'app' | 'download';

/** How the two lines of a port reach the chip. Tells when it is held, and how it starts. */
export interface ResetCircuit {
  /** True is asserted. Both lines change together. Undefined: the chip goes on as before. */
  set(dtr: boolean, rts: boolean): 'held' | Start | undefined;
}

/**
 * The two transistors of most boards: RTS alone holds EN low, DTR alone holds GPIO0 low, and both
 * together do neither. The chip looks at GPIO0 when EN rises.
 *
 * Real boards slow EN down with a capacitor, which forgives lines that change one after the other;
 * this one has none.
 */
export function twoTransistors(): ResetCircuit {
  let held = false;
  return {
    set(dtr, rts) {
      const wasHeld = held;
      held = rts && !dtr;
      if (held) return 'held';
      if (!wasHeld) return undefined;
      return dtr && !rts ? 'download' : 'app';
    },
  };
}

/**
 * USB inside of the chip (ESP32-C3 and -S3): DTR alone asks for the loader, neither line takes that
 * back, and RTS alone resets. Both together do nothing.
 */
export function usbInside(): ResetCircuit {
  let asked = false;
  let held = false;
  return {
    set(dtr, rts) {
      const wasHeld = held;
      held = rts && !dtr;
      const start: Start = asked ? 'download' : 'app';
      if (!rts) asked = dtr;
      if (held) return wasHeld ? undefined : 'held';
      return wasHeld ? start : undefined;
    },
  };
}

/** A board whose lines lead nowhere: it is reset by hand. */
export function noLines(): ResetCircuit {
  return { set: () => undefined };
}
