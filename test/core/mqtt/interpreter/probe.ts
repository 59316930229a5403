/**
 * Puts the client through steps that are only data, and writes down all that it does. Runs in Node and, bundled like
 * the firmware, on the interpreter: both must write the same. In Espruino's language, therefore.
 */
import { encodeConnect } from '../../../../firmware/core/mqtt/packet.ts';
import { createSession } from '../../../../firmware/core/mqtt/session.ts';
import { isTopicFilter, isTopicName } from '../../../../firmware/core/mqtt/topic.ts';

/** What to do, and with what: text is hex, so that no console or file can change it. */
export type Step = [what: string, value: string | number];

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

/** Runs a script on a new session with limits of 60 and 300 bytes; gives a line for each thing that it did. */
export function probe(steps: Step[]): string[] {
  const log: string[] = [];
  const hello = { clientId: 'probe', clean: 0 as const, keepAlive: 20, username: 'u', password: bytes('ff00') };
  const link = {
    write: (found: string) => {
      log.push('sends ' + hex(found));
    },
    end: () => {
      log.push('ends');
    },
    removeAllListeners: () => undefined,
  };
  const session = createSession(
    {
      clean: 0,
      dial: () => link,
      hello: () => encodeConnect(hello),
      changed: (online, reason, present, age) => {
        log.push('changed ' + online + ' ' + reason + ' ' + present + ' ' + age);
      },
      message: (topic, payload, qos, retain, dup, id) => {
        log.push(['message', hex(topic), hex(payload), qos, retain, dup, id].join(' '));
      },
      settled: (type, id, grants) => {
        log.push('settled ' + type + ' ' + id + ' ' + hex(grants));
      },
      skipped: () => {
        log.push('skipped');
      },
    },
    20,
    60,
    300,
  );
  steps.forEach((step) => {
    const text = '' + step[1];
    const found = bytes(text);
    if (step[0] === 'open') {
      session.open();
      session.opened();
    }
    if (step[0] === 'receive') session.received(found);
    if (step[0] === 'lose') session.closed('lost');
    if (step[0] === 'publish') log.push('id ' + session.publish('t', 'x', (step[1] as number) & 3, 0));
    if (step[0] === 'subscribe') log.push('id ' + session.request(8, ['a', 1, 'b', 2], 2));
    if (step[0] === 'topic') log.push('topic ' + (isTopicName(found) ? 1 : 0) + (isTopicFilter(found) ? 1 : 0));
    if (step[0] === 'seconds') for (let i = 0; i < (step[1] as number); i++) session.tick();
  });
  log.push('state ' + session.state());
  return log;
}
