import { esp32s3With8MB } from './esp32-4mb.ts';

/**
 * ESP32-S3-DevKitC-1 (module WROOM-1, 8 MB of flash or more) with a relay module on GPIO4.
 *
 * GPIO4 floats at reset and is driven low for 60 us at power-up, which moves no relay (data sheet of the ESP32-S3,
 * tables 2-1 and 2-2). Espruino pulls up 0, 12 to 15, 18, 19, 21, 22, 25 to 27 and 34 to 39 at every boot, as on an
 * ESP32, and leaves GPIO4 alone. Its console is at the USB of the chip: the socket marked USB, not that marked UART.
 * The LED is of the kind that wants a protocol and is left out. A module WROOM-2 reads its flash over eight lines,
 * which this build of the interpreter does not.
 *
 * @see https://docs.espressif.com/projects/esp-dev-kits/en/latest/esp32s3/esp32-s3-devkitc-1/user_guide_v1.1.html
 */
export default esp32s3With8MB({
  id: 'esp32-s3-devkitc',
  title: 'ESP32-S3-DevKitC-1 with relay module',
  link: 'https://docs.espressif.com/projects/esp-dev-kits/en/latest/esp32s3/esp32-s3-devkitc-1/user_guide_v1.1.html',
  sources: [
    'https://www.espressif.com/sites/default/files/documentation/esp32-s3_datasheet_en.pdf',
    'https://github.com/espruino/Espruino/blob/master/boards/ESP32S3_IDF4.py',
  ],
  wiring: 'IN of the module to 4, VCC of a 5 V module to 5V, GND to G; 10 k from 4 to G. Not for a module WROOM-2.',
  bootMode: 'Happens by itself at the socket marked USB. By hand: hold BOOT, press and release RST, let go.',
  relay: {
    pin: 'D4',
    on: 1,
    label: '4',
    why: 'GPIO4 floats at reset, is no strapping pin, and Espruino leaves it alone at boot; the 10 k keep it low.',
  },
  button: {
    pin: 'D0',
    pressed: 0,
    label: 'BOOT',
    why: 'GPIO0 is the button that the board has already; held during power-up it starts the serial loader instead.',
  },
});
