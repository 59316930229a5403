import { rules } from '../config.ts';
import type { Limits, Network } from '../config.ts';
import { allowed, fits } from '../settings/check.ts';
import { pathOf } from '../settings/fill.ts';
import type { Change } from './asked.ts';
import { nameAt } from './names.ts';

/** What somebody has filled in; what is missing is empty. */
export interface Draft {
  /** Name of the bell. */
  id?: string;
  /** Number of a network in the list, '' for another one; then its name. */
  pick?: string;
  ssid?: string;
  /** Password of the network. */
  key?: string;
  host?: string;
  port?: string;
  user?: string;
  pass?: string;
  /** Whether the broker wants no user name. */
  anon?: string;
  /** What the form says of itself: that it is ours, and which list of networks it has. */
  ours?: string;
  list?: string;
}

/** Adds a piece of a field to a draft. The names of fields are short, and what nobody knows is let pass. */
export function fillIn(draft: Draft, name: string, value: string): void {
  switch (name) {
    case 'n': draft.id = (draft.id || '') + value; break;
    case 's': draft.pick = (draft.pick || '') + value; break;
    case 'o': draft.ssid = (draft.ssid || '') + value; break;
    case 'k': draft.key = (draft.key || '') + value; break;
    case 'h': draft.host = (draft.host || '') + value; break;
    case 'p': draft.port = (draft.port || '') + value; break;
    case 'u': draft.user = (draft.user || '') + value; break;
    case 'w': draft.pass = (draft.pass || '') + value; break;
    case 'x': draft.anon = (draft.anon || '') + value; break;
    case 't': draft.ours = (draft.ours || '') + value; break;
    case 'l': draft.list = (draft.list || '') + value; break;
    default:
  }
}

/** What an empty field keeps. */
export interface Kept {
  readonly wifi: Network[];
  readonly host: string;
  readonly username: string;
}

/** Networks, with the one of the draft first and its password; '' keeps the one that is stored for it. */
function networksOf(before: Network[], ssid: string, key: string): Network[] {
  const found = before.filter((network) => network.ssid === ssid)[0];
  const others = before.filter((network) => network.ssid !== ssid);
  const network: Network = { ssid };
  const password = key || (found && found.password);
  if (password) network.password = password;
  return [network].concat(others).slice(0, 4);
}

/** What the settings of the form are called on it; '' for all others. */
function labelOf(path: string): string {
  switch (path) {
    case 'id': return 'Name';
    case 'wifi': return 'Wi-Fi';
    case 'mqtt.host': return 'Broker';
    case 'mqtt.port': return 'Port';
    case 'mqtt.username': return 'User name';
    case 'mqtt.password': return 'Password of the user';
    default: return '';
  }
}

/** The first of these settings that is not as it may be, in words; '' when all are. */
function faultIn(change: Change, before: Kept, limits: Limits): string {
  let fault = '';
  rules((section, name, kind, _byDefault, min, max) => {
    const path = pathOf(section, name);
    const label = labelOf(path);
    if (fault || !label) return;
    const from = (section ? change.mqtt : change) as unknown as Record<string, unknown>;
    // Only a login may be missing, and then it stays.
    if (from[name] === undefined || fits(kind, from[name], min, max)) return;
    const words = path === 'wifi'
      ? 'a name of 1 to 31 bytes, and a password of none, or 8 to 63' : allowed(kind, min, max);
    fault = label + ' must be ' + words + '.';
  }, limits);
  if (fault) return fault;
  if (change.id === 'all') return 'Name must not be all: every bell answers to it.';
  if (!change.mqtt.host) return 'Broker is missing: its name or address, such as 192.168.1.2.';
  const user = change.mqtt.username === undefined ? before.username : change.mqtt.username;
  if (change.mqtt.password && !user) return 'The password of the user needs a user name.';
  return '';
}

/**
 * What is to be changed by what was filled in, checked as it is checked everywhere; or what is wrong, without any
 * secret. An empty password keeps what is stored, but no login goes to another broker. `names` are those of the list,
 * `byDefault` is the name that a device has by itself.
 */
export function readDraft(
  draft: Draft, before: Kept, names: string, byDefault: string, limits: Limits,
): Change | string {
  const ssid = draft.ssid || (draft.pick ? nameAt(names, Number(draft.pick)) : '');
  const host = draft.host || '';
  const change: Change = {
    id: draft.id === byDefault ? '' : draft.id || '',
    wifi: networksOf(before.wifi, ssid, draft.key || ''),
    mqtt: { host, port: /^[0-9]+$/.test(draft.port || '') ? Number(draft.port) : 0 },
  };
  // What stays as it is stored is not even read, because a password may be long.
  if (draft.anon || draft.user) change.mqtt.username = draft.anon ? '' : draft.user || '';
  if (draft.anon || draft.pass || host !== before.host) change.mqtt.password = draft.anon ? '' : draft.pass || '';
  // Else whoever may use the form could have the bell tell its login to a broker of theirs.
  if (host !== before.host && before.username && !draft.user && !draft.anon) {
    return 'Another broker is not told the user name of this one: type it again, or say that it wants none.';
  }
  return faultIn(change, before, limits) || change;
}
