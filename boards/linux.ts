import { defineBoard } from './board.ts';

/**
 * Espruino for Linux: the real interpreter without a board, as `bell run` and the tests use it.
 *
 * Its pins move nothing, `digitalRead` is always 0 and no watch ever fires. Sizes and limits are
 * those of the ESP8266, so that what is measured here says something about the smallest board.
 *
 * @see https://www.espruino.com/Other+Boards
 */
export default defineBoard({
  id: 'linux',
  title: 'Espruino for Linux',
  chip: 'linux',
  link: 'https://www.espruino.com/Other+Boards',
  wiring: 'Nothing: its pins move nothing.',
  bootMode: 'It has none: it is a program, and bell run starts it.',
  relay: { pin: 'D5', on: 1, label: 'D5', why: 'No pin does anything here; this is the one of the D1 mini.' },
  maxStrokeMs: 1500,
  button: {
    pin: 'D4',
    pressed: 1,
    label: 'D4',
    why: 'Inputs always read 0 here, so pressed has to be 1 or the button would seem to be held down.',
  },
  led: { pin: 'D2', on: 1, why: 'No pin does anything here; this is the one of the D1 mini.' },
  storage: { address: 0x10000000, pageSize: 1024, pages: 256 },
  slotUnits: 7,
  imageBudget: 24 * 1024,
  maxPacket: 1024,
  digest: 'SHA1',
  chunk: 512,
  tls: true,
  bluetooth: false,
  watchdog: false,
  console: 'terminal',
});
