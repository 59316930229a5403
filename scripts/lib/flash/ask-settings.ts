import type { Board } from '../../../boards/board.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { checkSettings } from '../check-settings.ts';
import { readSettings } from '../read-settings.ts';
import type { Asker } from './asker.ts';

/** What a person is asked for, as `bell.json` has it. */
interface Draft {
  id?: string;
  wifi?: { ssid: string; password?: string }[];
  mqtt: { host: string; port?: number; username?: string; password?: string };
}

/**
 * Asks for name, network and broker, each until the answer is one that the device takes. Undefined
 * when no network is named: then the device stays without settings. With `named` neither name nor
 * login are asked: a class gives each seat its own.
 */
export async function askSettings(
  board: Board, asker: Asker, say: (line: string) => void, byDefault: string, named?: string,
): Promise<Settings | undefined> {
  const draft: Draft = { mqtt: { host: 'broker' } };
  const ask = (get: () => Promise<(draft: Draft) => void>) => askUntilRight(draft, board, get, say);
  const ssid = await askNetwork(ask, asker);
  if (ssid === '') return undefined;
  if (named === undefined) {
    await ask(async () => {
      const id = await asker.text('Name of the bell', byDefault);
      return (to) => { to.id = id === byDefault ? '' : id; };
    });
  } else {
    draft.id = named;
  }
  await askBroker(ask, asker);
  if (named === undefined) await askLogin(ask, asker);
  return readSettings('the answers', () => JSON.stringify(draft), board);
}

type Ask = (get: () => Promise<(draft: Draft) => void>) => Promise<void>;

async function askNetwork(ask: Ask, asker: Asker): Promise<string> {
  let ssid = '';
  await ask(async () => {
    ssid = await asker.text('Wi-Fi network (nothing: no settings now)');
    return (draft) => { if (ssid) draft.wifi = [{ ssid }]; };
  });
  if (ssid === '') return '';
  await ask(async () => {
    const password = await asker.secret('Its password (nothing: an open network)');
    return (draft) => { draft.wifi = [{ ssid, ...(password ? { password } : {}) }]; };
  });
  return ssid;
}

async function askBroker(ask: Ask, asker: Asker): Promise<void> {
  await ask(async () => {
    const address = await asker.text('Broker, such as 192.168.1.2 or host:1883');
    const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(address) ?? [];
    return (draft) => { draft.mqtt = { host, ...(port ? { port: Number(port) } : {}) }; };
  });
}

async function askLogin(ask: Ask, asker: Asker): Promise<void> {
  await ask(async () => {
    const username = await asker.text('User name at the broker (nothing: none)');
    const password = username ? await asker.secret('Its password') : '';
    const login = { ...(username ? { username } : {}), ...(password ? { password } : {}) };
    return (draft) => {
      const { host, port } = draft.mqtt;
      draft.mqtt = { host, ...(port ? { port } : {}), ...login };
    };
  });
}

/** Asks again, with the reason, as long as the settings would be refused. */
async function askUntilRight(
  draft: Draft, board: Board, get: () => Promise<(draft: Draft) => void>, say: (line: string) => void,
): Promise<void> {
  for (;;) {
    const next = structuredClone(draft);
    (await get())(next);
    const checked = checkSettings(JSON.stringify(withNetwork(next)), board);
    const errors = 'errors' in checked ? checked.errors : [];
    if (next.mqtt.host === '') say('A broker is needed.');
    else if (errors.length === 0) return void Object.assign(draft, next);
    for (const { path, message } of errors) say(`${path}: ${message}.`);
  }
}

/** A device without a network is refused, and the network is asked for first. */
function withNetwork(draft: Draft): Draft {
  return draft.wifi ? draft : { ...draft, wifi: [{ ssid: 'network' }] };
}
