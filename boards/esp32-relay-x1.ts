import { esp32With4MB } from './esp32-4mb.ts';
import { MAINS } from './mains.ts';

/**
 * Relay board with an ESP32-WROOM-32E and one relay, sold as ESP32_Relay X1 and, with a supply for the mains, as
 * ESP32_Relay_AC X1.
 *
 * Relay on GPIO16, button on GPIO0, LED on GPIO23: two owners say so independently of each other, of both kinds. On
 * this module GPIO16 is free; on a WROVER it would belong to the memory. Espruino leaves its pull alone at boot.
 *
 * @see https://devices.esphome.io/devices/ESP32-Relay-X1
 */
export default esp32With4MB({
  id: 'esp32-relay-x1',
  title: 'ESP32 relay board, one relay (ESP32_Relay X1)',
  link: 'https://devices.esphome.io/devices/ESP32-Relay-X1',
  sources: ['https://community.home-assistant.io/t/esphome-configuration-for-esp32-relay-ac-x1-v1-1/960632'],
  warning: MAINS,
  wiring: 'The relay is on the board. Take one supply only: 5 V, or 7 to 30 V, or, on the AC kind, the mains.',
  bootMode: 'A serial adapter of 3.3 V at TX, RX and GND; hold IO0, press and release EN, let go. Its USB only powers.',
  relay: {
    pin: 'D16',
    on: 1,
    label: 'IO16',
    why: 'GPIO16 is no strapping pin, Espruino leaves its pull alone at boot, and the board leads it to the relay.',
  },
  button: {
    pin: 'D0',
    pressed: 0,
    label: 'IO0',
    why: 'GPIO0 is the button that the board has already; held during power-up it starts the serial loader instead.',
  },
  led: { pin: 'D23', on: 1, why: 'GPIO23 lights the LED of the board when high, and has no part in booting.' },
});
