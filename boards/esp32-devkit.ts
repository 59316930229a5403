import { esp32With4MB } from './esp32-4mb.ts';

/**
 * ESP32 DevKit (WROOM or WROVER module) with a relay module on GPIO4.
 *
 * Espruino switches pull-ups on at every boot on 0, 12 to 15, 18, 19, 21, 22 and 25 to 27, which
 * would click an active-high relay; 16 and 17 belong to the memory of a WROVER. GPIO4 keeps its
 * pull-down until the firmware drives it.
 *
 * @see https://docs.espressif.com/projects/esp-idf/en/latest/esp32/hw-reference/esp32/get-started-devkitc.html
 */
export default esp32With4MB({
  id: 'esp32-devkit',
  title: 'ESP32 DevKit with relay module',
  link: 'https://docs.espressif.com/projects/esp-idf/en/latest/esp32/hw-reference/esp32/get-started-devkitc.html',
  wiring: 'IN of the module to IO4, VCC of a 5 V module to 5V, GND to GND; 10 k from IO4 to GND.',
  bootMode: 'Happens by itself over USB. By hand: hold BOOT, press and release EN, let go.',
  relay: {
    pin: 'D4',
    on: 1,
    label: 'IO4',
    why: 'GPIO4 is pulled down at reset, is no strapping pin, and Espruino leaves its pull alone at boot.',
  },
  button: {
    pin: 'D0',
    pressed: 0,
    label: 'BOOT',
    why: 'GPIO0 is the button that the board has already; held during power-up it starts the serial loader instead.',
  },
  led: { pin: 'D2', on: 1, why: 'GPIO2 drives the blue LED of most DevKits; where there is none it drives nothing.' },
});
