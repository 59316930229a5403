/** A board that people ask for, and that is no good as a bell. */
export interface RefusedBoard {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  /** One sentence: what is in the way. */
  readonly reason: string;
  /** What to take instead, or what would have to change. */
  readonly instead: string;
}

// Espruino's make/family/ESP8266.make knows 1 and 2 MB; no file in its boards/ uses them, so that nobody builds them.
const SMALL = 'Espruino publishes no build for it but the one for 512 KB, which keeps 16 KB of Storage: less than ' +
  'the firmware alone, and none since 2v17 is known to work. The build for 4 MB keeps data of the radio at the end ' +
  'of a flash that is not there, and takes updates on port 88 into it.';

/** Each was looked at; a pin that cannot be confirmed, or that clicks, is not guessed away. */
export const refused: readonly RefusedBoard[] = [
  {
    id: 'esp01s-relay',
    title: 'ESP-01S relay module',
    link: 'https://starter-kit.nettigo.eu/2022/change-gpio-used-by-esp01-relay-module/',
    reason: `1 MB of flash. ${SMALL} Its relay is on GPIO0, which toggles during boot and would ring the bell.`,
    instead: 'Take the ESP-12F relay board, or a D1 mini with its relay shield.',
  },
  {
    id: 'sonoff-basic',
    title: 'Sonoff Basic',
    link: 'https://smartesp.net/en/doc/chip/specification/',
    reason: `1 MB of flash. ${SMALL} Its relay is on GPIO12, which is pulled up during reset, and switches the mains.`,
    instead: 'Take a board with 4 MB of flash and contacts that are free of the mains.',
  },
  {
    id: 'shelly-1',
    title: 'Shelly 1 (ESP8266)',
    link: 'https://tasmota.github.io/docs/devices/Shelly-1',
    reason: `2 MB of flash. ${SMALL} Its serial pins are at mains voltage.`,
    instead: 'Take the ESP-12F relay board; a Shelly with another chip is not an ESP8266 and was not looked at.',
  },
  {
    id: 't-relay',
    title: 'LILYGO T-Relay with four relays',
    link: 'https://github.com/Xinyuan-LilyGO/LilyGo-T-Relay',
    reason: 'Its relays are on GPIO21, 19, 18 and 5: Espruino pulls three of them up at every boot, and the fourth ' +
      'sends a signal at reset, so that each of them would click.',
    instead: 'Take the T-Relay with eight relays: its first one is on GPIO33.',
  },
  {
    id: 'raspberry-pi',
    title: 'Raspberry Pi with Espruino for Linux',
    link: 'https://www.espruino.com/Other+Boards',
    reason: 'Espruino for Linux starts no hardware timer that would end a stroke, and no watchdog: both functions ' +
      'are empty in its targets/linux/jshardware.c. If it hangs or is killed, its pin stays as it was and the bell ' +
      'rings on.',
    instead: 'Let the Pi be the broker, and a D1 mini the bell. Board linux runs there, and moves no pin.',
  },
];
