import { defineBoard } from './board.ts';

/**
 * ESP32 DevKit (WROOM or WROVER module) with a relay module on GPIO4.
 *
 * Espruino switches pull-ups on at every boot on 0, 12 to 15, 18, 19, 21, 22 and 25 to 27, which
 * would click an active-high relay; 16 and 17 belong to the memory of a WROVER. GPIO4 keeps its
 * pull-down until the firmware drives it.
 *
 * @see https://docs.espressif.com/projects/esp-idf/en/latest/esp32/hw-reference/esp32/get-started-devkitc.html
 */
export default defineBoard({
  id: 'esp32-devkit',
  title: 'ESP32 DevKit with relay module',
  chip: 'esp32',
  link: 'https://docs.espressif.com/projects/esp-idf/en/latest/esp32/hw-reference/esp32/get-started-devkitc.html',
  relay: {
    pin: 'D4',
    on: 1,
    label: 'IO4',
    why: 'GPIO4 is pulled down at reset, is no strapping pin, and Espruino leaves its pull alone at boot.',
  },
  maxStrokeMs: 5000,
  button: {
    pin: 'D0',
    pressed: 0,
    label: 'BOOT',
    why: 'GPIO0 is the button that the board has already; held during power-up it starts the serial loader instead.',
  },
  led: { pin: 'D2', on: 1, why: 'GPIO2 drives the blue LED of most DevKits; where there is none it drives nothing.' },
  storage: { address: 0x320000, pageSize: 4096, pages: 224 },
  slotUnits: 12,
  imageBudget: 32 * 1024,
  maxPacket: 4096,
  digest: 'SHA256',
  chunk: 1024,
  tls: true,
});
