import { esp32With4MB } from './esp32-4mb.ts';
import { CONTACTS } from './mains.ts';

/**
 * LILYGO T-Relay with eight relays, of which the first is the bell's.
 *
 * The maker's examples have relay 1 on GPIO33 and relay 2 on GPIO32, both closed by a high level. Relays 3 to 8 hang
 * on pins that Espruino pulls up at every boot, or that matter at reset: they may click when the board starts, so
 * nothing may be wired to them. The level of its LED, on GPIO25, is documented nowhere, so that it is left dark.
 *
 * @see https://github.com/Xinyuan-LilyGO/LilyGo-T-Relay
 */
export default esp32With4MB({
  id: 't-relay-8',
  title: 'LILYGO T-Relay with eight relays',
  link: 'https://github.com/Xinyuan-LilyGO/LilyGo-T-Relay',
  sources: [
    'https://github.com/Xinyuan-LilyGO/LilyGo-T-Relay/blob/main/Schematic/T_Relay8_ESP32.pdf',
    'https://github.com/Xinyuan-LilyGO/LilyGo-T-Relay/blob/main/ESPHome/T-Relay-8-ESP32.yaml',
  ],
  warning: `Wire nothing to relays 3 to 8: they may click whenever the board starts. ${CONTACTS}`,
  wiring: 'The relay is on the board: use the terminals of relay 1.',
  bootMode: 'A serial adapter of 3.3 V at TX, RX and GND; IO0 on GND while the board gets power, then take it off.',
  relay: {
    pin: 'D33',
    on: 1,
    label: 'relay 1',
    why: 'GPIO33 is no strapping pin, Espruino leaves its pull alone at boot, and relay 1 is wired to it.',
  },
});
