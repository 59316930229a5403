import type { MqttClient } from 'mqtt';
import { subscribeHost } from '../mqtt-host.ts';
import { readInfo, type Info } from './status.ts';

/** Who there is under a name. */
export interface Roll {
  readonly answered: readonly Info[];
  /** Those that the broker remembers under this name, and that did not answer. */
  readonly silent: readonly Info[];
}

/** Names that a device can have. */
const ID = /^[a-z0-9-]{1,32}$/;

/**
 * Asks everybody of a name for a sign of life and listens for so many ms, or until the one device that has this very
 * name has answered.
 */
export async function callRoll(
  client: MqttClient, prefix: string, name: string, waitMs: number, signal: AbortSignal,
): Promise<Roll> {
  const remembered = new Map<string, Info>();
  const answered = new Map<string, Info>();
  let found: () => void = () => undefined;
  const listen = (topic: string, payload: Buffer, { retain }: { retain: boolean }): void => {
    const id = topic.slice(prefix.length + 1, -'/info'.length);
    if (!topic.startsWith(`${prefix}/`) || !topic.endsWith('/info') || !ID.test(id)) return;
    const info = readInfo(id, payload.toString());
    if (!info || ![id, ...info.names].includes(name)) return;
    (retain ? remembered : answered).set(id, info);
    if (!retain && id === name) found();
  };
  client.on('message', listen);
  try {
    await subscribeHost(client, [`${prefix}/+/info`]);
    const answer = new Promise<void>((done) => { found = done; });
    await client.publishAsync(`${prefix}/${name}/who`, '', { qos: 1 });
    await Promise.race([answer, pause(waitMs, signal)]);
    await client.unsubscribeAsync(`${prefix}/+/info`);
  } finally {
    client.off('message', listen);
  }
  return {
    answered: [...answered.values()],
    silent: [...remembered.values()].filter(({ id }) => !answered.has(id)),
  };
}

/** Waits so many ms, or until the user interrupts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      done();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
