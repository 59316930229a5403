/**
 * Puts the client through steps that are only data, and writes down all that it does. Runs in Node and, bundled like
 * the firmware, on the interpreter: both must write the same. In Espruino's language, therefore.
 */
import { encodeConnect } from '../../../../firmware/core/mqtt/packet.ts';
import { createSession } from '../../../../firmware/core/mqtt/session.ts';
import { isTopicFilter, isTopicName } from '../../../../firmware/core/mqtt/topic.ts';

/** What to do, and with what: `receive 40020001`. Bytes are hex, so that no console or file can change them. */
export type Step = string;

/** Bytes of pairs of hex digits. */
function bytes(hex: string): string {
  let found = '';
  for (let i = 0; i < hex.length; i += 2) found += String.fromCharCode(parseInt(hex.substr(i, 2), 16));
  return found;
}

/** Pairs of hex digits of bytes. */
function hex(found: string): string {
  let text = '';
  for (let i = 0; i < found.length; i++) text += (256 + found.charCodeAt(i)).toString(16).substr(1);
  return text;
}

/** Runs a script on a new session with limits of 60 and 300 bytes; hands `log` a line for each thing that it does. */
export function probe(steps: Step[], log: (line: string) => void): void {
  const hello = { clientId: 'probe', clean: 0 as const, keepAlive: 20, username: 'u', password: bytes('ff00') };
  const link = {
    write: (found: string) => {
      log('sends ' + hex(found));
    },
    end: () => {
      log('ends');
    },
    removeAllListeners: () => undefined,
  };
  const session = createSession(
    {
      clean: 0,
      dial: () => link,
      now: () => 0,
      hello: () => encodeConnect(hello),
      changed: (online, reason, present, age) => {
        log('changed ' + online + ' ' + reason + ' ' + present + ' ' + age);
      },
      message: (topic, payload, qos, retain, dup, id) => {
        log(['message', hex(topic), hex(payload), qos, retain, dup, id].join(' '));
      },
      settled: (type, id, grants) => {
        log('settled ' + type + ' ' + id + ' ' + hex(grants));
      },
      skipped: () => {
        log('skipped');
      },
    },
    20,
    60,
    300,
  );
  steps.forEach((step) => {
    const words = step.split(' ');
    const what = words[0];
    const value = words[1] || '';
    if (what === 'open') {
      session.open();
      session.opened();
    }
    if (what === 'receive') session.received(bytes(value));
    if (what === 'trickle') for (let i = 0; i < value.length; i += 2) session.received(bytes(value.substr(i, 2)));
    if (what === 'lose') session.closed('lost');
    if (what === 'publish') log('id ' + session.publish('t', 'x', +value, 0));
    if (what === 'subscribe') log('id ' + session.request(8, ['a', 1, 'b', 2], 2));
    if (what === 'topic') log('topic ' + (isTopicName(bytes(value)) ? 1 : 0) + (isTopicFilter(bytes(value)) ? 1 : 0));
    if (what === 'seconds') for (let i = 0; i < +value; i++) session.tick();
  });
  log('state ' + session.state());
}
