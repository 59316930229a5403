import { esp32c3With4MB } from './esp32-4mb.ts';

/**
 * ESP32-C3 SuperMini with a relay module on GPIO3.
 *
 * GPIO3 floats at reset, has no part in booting, in USB, flash or JTAG, and does not glitch at power-up (hardware
 * design guidelines of the ESP32-C3, tables IO MUX and power-up glitches). Espruino pulls up GPIO0 alone, which its
 * build takes for a button. The button of the board is on GPIO9 and its LED on GPIO8, both lit and pressed by a low
 * level, as Espruino's board file says and owners measured; some makers put the LED elsewhere, and then it stays dark.
 *
 * @see https://www.nologo.tech/product/esp32/esp32c3/esp32c3SuperMini/esp32C3SuperMini.html
 */
export default esp32c3With4MB({
  id: 'esp32-c3-supermini',
  title: 'ESP32-C3 SuperMini with relay module',
  link: 'https://www.nologo.tech/product/esp32/esp32c3/esp32c3SuperMini/esp32C3SuperMini.html',
  sources: [
    'https://docs.espressif.com/projects/esp-hardware-design-guidelines/en/latest/esp32c3/schematic-checklist.html',
    'https://github.com/espruino/Espruino/blob/master/boards/ESP32C3_IDF4.py',
    'https://randomnerdtutorials.com/getting-started-esp32-c3-super-mini',
  ],
  wiring: 'IN of the module to 3, VCC of a 5 V module to 5V, GND to G; 10 k from 3 to G.',
  bootMode: 'Happens by itself over USB. By hand: hold BOOT, press and release RST, let go.',
  relay: {
    pin: 'D3',
    on: 1,
    label: '3',
    why: 'GPIO3 floats at reset, is no strapping pin, and Espruino leaves it alone at boot; the 10 k keep it low.',
  },
  button: {
    pin: 'D9',
    pressed: 0,
    label: 'BOOT',
    why: 'GPIO9 is the button that the board has already; held during power-up it starts the serial loader instead.',
  },
  led: { pin: 'D8', on: 0, why: 'GPIO8 lights the blue LED when low; the chip looks at it only in its serial loader.' },
});
