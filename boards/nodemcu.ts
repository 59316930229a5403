import { esp8266With4MB } from './esp8266-4mb.ts';

/**
 * NodeMCU v2 or v3 (ESP-12E) with a relay module on the pin marked D1.
 *
 * The relay hangs on GPIO5 for the same reason as on the D1 mini: nothing moves it during boot.
 * Many cheap relay modules close on a low level: those need `on: 0`, which is a board of its own,
 * because the loader must know the level before it has read any setting.
 *
 * @see https://github.com/nodemcu/nodemcu-devkit-v1.0
 */
export default esp8266With4MB({
  id: 'nodemcu',
  title: 'NodeMCU with relay module',
  link: 'https://github.com/nodemcu/nodemcu-devkit-v1.0',
  wiring: 'IN of the module to D1, VCC of a 5 V module to VU or VIN, GND to GND; 10 k from D1 to GND.',
  bootMode: 'Happens by itself over USB. By hand: hold FLASH, press and release RST, let go.',
  relay: {
    pin: 'D5',
    on: 1,
    label: 'D1',
    why: 'GPIO5 floats low from power-up until the firmware drives it; a 10 k pull-down makes it certain.',
  },
  button: {
    pin: 'D0',
    pressed: 0,
    label: 'FLASH',
    why: 'GPIO0 is the button that the board has already; held during power-up it starts the serial loader instead.',
  },
  led: { pin: 'D2', on: 0, why: 'GPIO2 lights the LED of the module when low; its flicker at boot is harmless.' },
});
