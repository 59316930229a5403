import { esp8266With4MB } from './esp8266-4mb.ts';

/**
 * LOLIN (WeMos) D1 mini with the one-channel relay shield.
 *
 * The shield drives its relay from the pin marked D1, which is GPIO5. It stays low while the chip
 * boots, so a reset cannot sound the bell; D3 and D4 could, they are GPIO0 and GPIO2, which the
 * boot ROM needs high. Espruino names pins by GPIO, so the pin marked D1 is `D5` here.
 *
 * @see https://www.wemos.cc/en/latest/d1/d1_mini.html
 */
export default esp8266With4MB({
  id: 'd1-mini',
  title: 'LOLIN D1 mini with relay shield',
  link: 'https://www.wemos.cc/en/latest/d1/d1_mini.html',
  wiring: 'Push the relay shield onto the board; it has transistor, diode and relay, and takes its 5 V from USB.',
  bootMode: 'Happens by itself over USB. By hand: D3 on GND while RST is pressed and released.',
  relay: {
    pin: 'D5',
    on: 1,
    label: 'D1',
    why: 'GPIO5 floats low from power-up until the firmware drives it, and the relay shield is wired to it.',
  },
  button: {
    pin: 'D4',
    pressed: 0,
    label: 'D2',
    why: 'GPIO4 has no part in booting, so a button that is held down at power-up does no harm.',
  },
  led: { pin: 'D2', on: 0, why: 'GPIO2 lights the LED of the module when low; its flicker at boot is harmless.' },
});
