import { esp8266With4MB } from './esp8266-4mb.ts';
import { MAINS } from './mains.ts';

/**
 * Relay board with a bare ESP-12F and one relay, sold as ESP12F_Relay_X1 or LC-Relay-ESP12-1R-MV.
 *
 * The relay hangs on GPIO5 through R14, which is one of the two quiet pins of the chip. The board has no USB chip
 * (its USB socket is for power) and no button. The maker's page gives no pins in text; those here are what its owners
 * measured and published, and GPIO2 is the LED of every ESP-12F.
 *
 * @see https://devices.esphome.io/devices/ESP-12F-Relay-X1
 */
export default esp8266With4MB({
  id: 'esp12f-relay',
  title: 'ESP-12F relay board, one relay (ESP12F_Relay_X1)',
  link: 'https://devices.esphome.io/devices/ESP-12F-Relay-X1',
  sources: ['https://github.com/esphome/esphome-devices/blob/main/src/docs/devices/ESP-12F-Relay-X1/index.md'],
  warning: MAINS,
  wiring: 'The relay is on the board. Take one supply only: 5 V at USB, or 7 to 12 V, or the mains.',
  bootMode: 'A serial adapter of 3.3 V at TX, RX and GND; GPIO0 on GND while the board gets its 5 V, then take it off.',
  relay: {
    pin: 'D5',
    on: 1,
    label: 'GPIO5',
    why: 'GPIO5 floats low from power-up until the firmware drives it, and R14 leads it to the relay.',
  },
  button: {
    pin: 'D4',
    pressed: 0,
    label: 'GPIO4',
    why: 'GPIO4 has no part in booting; the board has no button, so wire one from there to GND.',
  },
  led: { pin: 'D2', on: 0, why: 'GPIO2 lights the LED of the ESP-12F when low; its flicker at boot is harmless.' },
});
