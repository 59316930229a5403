import { defineBoard } from './board.ts';

/**
 * LOLIN (WeMos) D1 mini with the one-channel relay shield.
 *
 * The shield drives its relay from the pin marked D1, which is GPIO5. It stays low while the chip
 * boots, so a reset cannot sound the bell; D3 and D4 could, they are GPIO0 and GPIO2, which the
 * boot ROM needs high. Espruino names pins by GPIO, so the pin marked D1 is `D5` here.
 *
 * @see https://www.wemos.cc/en/latest/d1/d1_mini.html
 */
export default defineBoard({
  id: 'd1-mini',
  title: 'LOLIN D1 mini with relay shield',
  chip: 'esp8266',
  link: 'https://www.wemos.cc/en/latest/d1/d1_mini.html',
  relay: {
    pin: 'D5',
    on: 1,
    label: 'D1',
    why: 'GPIO5 floats low from power-up until the firmware drives it, and the relay shield is wired to it.',
  },
  maxStrokeMs: 1500,
  button: {
    pin: 'D4',
    pressed: 0,
    label: 'D2',
    why: 'GPIO4 has no part in booting, so a button that is held down at power-up does no harm.',
  },
  led: { pin: 'D2', on: 0, why: 'GPIO2 lights the LED of the module when low; its flicker at boot is harmless.' },
  storage: { address: 0xcb000, pageSize: 4096, pages: 48 },
  slotUnits: 7,
  imageBudget: 24 * 1024,
  maxPacket: 1024,
  digest: 'SHA1',
  chunk: 512,
  tls: false,
});
