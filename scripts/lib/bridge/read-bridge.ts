import { hostname } from 'node:os';
import { textOf, isSet, type Io, type Values } from '../command.ts';
import { Failure } from '../failure.ts';
import { suggest } from '../suggest.ts';
import { readPem } from './pem.ts';
import { topicsOf, type Bridge } from './bridge.ts';
import { farBrokers, type FarBroker } from './far-brokers.ts';

/** Longest name of a device, of which topics are made. */
const LONGEST_ID = 32;

/** Puts the options of `bell bridge` into a bridge. Throws a Failure for each thing that would not work. */
export function readBridge(kind: string | undefined, values: Values, io: Io, password: string | undefined): Bridge {
  const far = farBroker(kind);
  const username = line(values, 'username');
  const { host, port } = address(far, line(values, 'host'), username);
  const prefix = line(values, 'prefix') ?? 'bell';
  const bridge: Bridge = {
    far, host, port, prefix,
    farPrefix: line(values, 'far-prefix') ?? prefix,
    clientId: line(values, 'name') ?? `bell-${hostname().toLowerCase().replace(/[^a-z0-9-]/g, '').slice(0, 18)}`,
    ...optional('username', username),
    ...optional('password', password),
    ...optional('ca', readPem(textOf(values, 'ca'), 'ca', io)),
    ...optional('cert', readPem(textOf(values, 'cert'), 'cert', io)),
    ...optional('key', readPem(textOf(values, 'key'), 'key', io)),
    ...optional('alpn', line(values, 'alpn') ?? (port === 443 ? far.alpn443 : undefined)),
    set: isSet(values, 'set'),
    updates: isSet(values, 'updates'),
  };
  checkLogin(bridge);
  checkLimits(bridge);
  return bridge;
}

function farBroker(kind: string | undefined): FarBroker {
  const names = farBrokers.map(({ name }) => name);
  const list = farBrokers.map(({ name, title }) => `${name} (${title})`).join(', ');
  if (kind === undefined) throw new Failure('Say where the bridge leads to', `It may be ${list}.`);
  const found = farBrokers.find(({ name }) => name === kind);
  if (found) return found;
  const near = suggest(kind, names);
  const meant = near === undefined ? '' : `Did you mean ${near}? `;
  throw new Failure(`There is no "${kind}"`, `${meant}It may be ${list}; tls is any other broker.`);
}

function address(far: FarBroker, given: string | undefined, username: string | undefined): {
  host: string; port: number;
} {
  const usual = username === undefined ? undefined : far.usualHost?.replace('USER', username);
  const text = given ?? usual;
  if (text === undefined) throw new Failure(`The host of ${far.title} is missing`, `--host takes ${far.host}.`);
  const [, host = '', digits] = /^(?:mqtts:\/\/)?([a-zA-Z0-9.-]+)(?::(\d+))?\/?$/.exec(text) ?? [];
  const port = Number(digits ?? far.port);
  if (host === '' || port < 1 || port > 65535) {
    throw new Failure(`"${text}" is no host`, 'It is given like broker.example.com or broker.example.com:8883.');
  }
  return { host, port };
}

function checkLogin({ far, cert, key, username, password }: Bridge): void {
  if ((cert === undefined) !== (key === undefined)) {
    throw new Failure('A certificate needs its key, and a key its certificate', 'Give both: --cert and --key.');
  }
  if (far.login === 'certificate' && cert === undefined) {
    throw new Failure(`${far.title} knows a bridge by its certificate`, 'Give it with --cert and --key.');
  }
  if (far.login === 'password' && username === undefined) {
    throw new Failure(`${far.title} asks for a user name and a password`, 'Give the name with --username.');
  }
  if (username !== undefined && password === undefined) {
    throw new Failure(
      `The password of ${username} is missing`, 'Run this at a terminal, where it asks, or set BELL_BRIDGE_PASSWORD.',
    );
  }
}

function checkLimits(bridge: Bridge): void {
  const { far: { title, limits }, prefix, farPrefix, clientId } = bridge;
  for (const [option, text] of [['prefix', prefix], ['far-prefix', farPrefix]] as const) {
    if (!/^[^\s+#/][^\s+#]*[^\s+#/]$|^[^\s+#/]$/.test(text)) {
      const cure = `--${option} takes a text without +, #, blanks, and / at its ends.`;
      throw new Failure(`"${text}" cannot begin a topic`, cure);
    }
  }
  const name = 'x'.repeat(LONGEST_ID);
  const longest = topicsOf(bridge).map(({ pattern }) => `${farPrefix}/${pattern.replaceAll('+', name)}`);
  if (longest.some((topic) => Buffer.byteLength(topic) > limits.topicBytes)) {
    throw new Failure(`${title} takes topics of up to ${limits.topicBytes} bytes`, 'Shorten --far-prefix.');
  }
  if (longest.some((topic) => topic.split('/').length - 1 > limits.slashes)) {
    throw new Failure(`${title} takes topics with up to ${limits.slashes} slashes`, 'Take some out of --far-prefix.');
  }
  if (!limits.topic.test(farPrefix)) {
    throw new Failure(`${title} does not take each character of "${farPrefix}"`, 'Keep to letters, digits, - and _.');
  }
  if (!/^[a-zA-Z0-9_-]+$/.test(clientId) || clientId.length > limits.clientId) {
    const cure = `--name takes up to ${limits.clientId} letters, digits, - and _.`;
    throw new Failure(`"${clientId}" cannot be the name of the bridge`, cure);
  }
}

/** An option that becomes part of a line of the file: a line break would begin another one. */
function line(values: Values, name: string): string | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  checkLine(text, `--${name}`);
  return text;
}

/** Refuses what Mosquitto would not read back as it is. */
export function checkLine(text: string, what: string): void {
  if (text === '') throw new Failure(`${what} is empty`);
  if (/[\0-\x1f\x7f]|^\s|\s$/.test(text)) throw new Failure(`${what} has a blank at an end, or a control character`);
}

function optional<K extends string, V>(key: K, value: V | undefined): { [key in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: V };
}
