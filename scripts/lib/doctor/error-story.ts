import { mind, wrong, type Finding } from './finding.ts';

/** What a bell calls `error`, by what it begins with: see docs/mqtt-client.md, reasons. */
const STORIES: readonly { readonly when: RegExp; readonly cure: string }[] = [
  {
    when: /^bad user name or password/,
    cure: 'The broker knows another user name or password: correct it with npx bell provision.',
  },
  {
    when: /^not authorized|^the broker refuses /,
    cure: 'The broker lets this user do less than a bell needs: docs/topics.md has the access list.',
  },
  { when: /^identifier rejected/, cure: 'The broker wants another client identifier: set mqtt.clientId.' },
  { when: /^unacceptable protocol version/, cure: 'The broker has to speak MQTT 3.1.1.' },
  { when: /^server unavailable/, cure: 'The broker was overloaded or starting. It is tried again by itself.' },
  {
    when: /^(cannot connect|connection timed out|no CONNACK)/,
    cure: 'Is the broker running, and its port open in the firewall? Is mqtt.port right, and mqtt.tls?',
  },
  { when: /wrong Wi-Fi password/, cure: 'Correct the password with npx bell provision.' },
  { when: /no such Wi-Fi network/, cure: 'Does the network send on 2.4 GHz, and is it in range?' },
  {
    when: /^(connection lost|no PINGRESP|no acknowledgement|network lost|signal lost|Wi-Fi lost|address changed)/,
    cure: 'It has come back since. If it happens often, look at the signal (bell watch, rssi) and for a second ' +
      'device of this name.',
  },
  {
    when: /^bell\.json/,
    cure: 'The settings that came over USB were refused, and those of before are in force: bell provision again.',
  },
];

/** The last error that a bell tells of, in plain words; undefined for none. */
export function errorFinding(error: string): Finding | undefined {
  if (error === '') return undefined;
  const story = STORIES.find(({ when }) => when.test(error));
  const cure = story?.cure ?? 'docs/mqtt-client.md and docs/settings.md have the reasons.';
  return mind('last-error', `Its last error was: ${error}.`, cure);
}

/** Why it has restarted, when that was nobody's wish. */
export function restartFinding(reason: string): Finding | undefined {
  if (/slot [ab] /.test(reason)) {
    return wrong(
      'fell-back', `It went back to its other image: ${reason}.`,
      'The newer image did not work: docs/loader.md has the words. Update again, or npx bell flash.',
    );
  }
  if (!/wdt|watchdog|exception/i.test(reason)) return undefined;
  return mind(
    'crashed', `It restarted because it had crashed (${reason}).`,
    'A weak supply does that as well: 5 V, 500 mA, and one of its own for the bell.',
  );
}
