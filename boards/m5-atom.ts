import { esp32With4MB } from './esp32-4mb.ts';
import { CONTACTS } from './mains.ts';

/**
 * M5Stack Atom Lite with the Unit Relay, and a cable whose yellow and white wires change places.
 *
 * The unit listens on its yellow wire, and leaves the white one open. The Atom has GPIO26 on yellow, which Espruino
 * pulls up at every boot: the relay would click. White is GPIO32, which is quiet; so the two wires are crossed. The
 * maker's example closes the relay with a high level. The button of the Atom is on GPIO39, which has no pull-up and
 * sees false pulses while the radio works; it is left out, as is its LED, which wants a protocol.
 *
 * @see https://docs.m5stack.com/en/unit/Unit_Relay
 */
export default esp32With4MB({
  id: 'm5-atom',
  title: 'M5Stack Atom Lite with Unit Relay, wires crossed',
  link: 'https://docs.m5stack.com/en/core/Atom-Lite',
  sources: ['https://docs.m5stack.com/en/unit/Unit_Relay', 'https://github.com/m5stack/m5-docs/blob/master/docs/en/unit/relay.md'],
  warning: `With a cable as it is sold the relay clicks at each start: cross yellow and white. ${CONTACTS}`,
  wiring: 'Lift yellow and white out of one plug of the Grove cable and swap them: DIN of the unit is on G32 then.',
  bootMode: 'Happens by itself over USB. By hand: G0 on GND while USB is plugged in.',
  relay: {
    pin: 'D32',
    on: 1,
    label: 'G32 (white)',
    why: 'GPIO32 is no strapping pin and Espruino leaves its pull alone at boot; G26 on the yellow wire would click.',
  },
});
