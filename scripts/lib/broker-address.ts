import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf } from './command.ts';
import type { Io, Option, Values } from './command.ts';
import { Failure } from './failure.ts';

/** Where the broker is and how to log in. `url` holds no secret, so that it may be printed. */
export interface BrokerAddress {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** First part of every topic. */
  readonly prefix: string;
}

/** The options by which every command finds the broker. */
export const brokerOptions: Readonly<Record<string, Option>> = {
  broker: {
    type: 'string',
    value: 'URL',
    help: 'mqtt://[user[:password]@]host[:port], or mqtts, ws, wss; else BELL_BROKER, bell.json, 127.0.0.1',
  },
  prefix: { type: 'string', value: 'TEXT', help: 'first part of every topic (bell.json, or "bell")' },
};

const PROTOCOLS = ['mqtt:', 'mqtts:', 'ws:', 'wss:'];
const CURE = 'It is given like mqtt://192.168.1.2:1883.';

/** The broker that the options name, or the environment, or bell.json in the current directory, or this machine's. */
export function findBroker(values: Values, io: Io): BrokerAddress {
  const given = textOf(values, 'broker') ?? io.env.BELL_BROKER;
  const settings = readSettings(io.cwd);
  const found = given ? fromUrl(given) : fromSettings(settings);
  const prefix = textOf(values, 'prefix') ?? (typeof settings.prefix === 'string' ? settings.prefix : 'bell');
  const password = found.password ?? io.env.BELL_PASSWORD;
  return { ...found, prefix, ...(password === undefined ? {} : { password }) };
}

function fromUrl(text: string): Omit<BrokerAddress, 'prefix'> {
  const full = text.includes('://') ? text : `mqtt://${text}`;
  // The text is not repeated: it may hold a password.
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (!url?.hostname) throw new Failure('The address of the broker cannot be read', CURE);
  if (!PROTOCOLS.includes(url.protocol)) {
    throw new Failure(`A broker cannot be reached by ${url.protocol.slice(0, -1)}`, CURE);
  }
  // MQTT over WebSocket has a path; TCP has none, and it would be lost.
  if (url.protocol.startsWith('mqtt') && url.pathname.slice(1) + url.search + url.hash !== '') {
    const cure = 'Take away what follows the port; the first part of every topic is --prefix.';
    throw new Failure('The address of the broker goes on behind its port', cure);
  }
  const { username, password } = url;
  url.username = url.password = '';
  return {
    url: url.href.replace(/\/$/, ''),
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
}

function fromSettings({ mqtt = {} }: { mqtt?: Record<string, unknown> }): Omit<BrokerAddress, 'prefix'> {
  const { host, port, username, password, tls } = mqtt;
  if (typeof host !== 'string' || !host) return { url: 'mqtt://127.0.0.1:1883' };
  return {
    url: `${tls ? 'mqtts' : 'mqtt'}://${host}:${typeof port === 'number' ? port : 1883}`,
    ...(typeof username === 'string' && username ? { username } : {}),
    ...(typeof password === 'string' && password ? { password } : {}),
  };
}

function readSettings(folder: string): { mqtt?: Record<string, unknown>; prefix?: unknown } {
  let text: string;
  try {
    text = readFileSync(join(folder, 'bell.json'), 'utf8');
  } catch {
    return {};
  }
  try {
    return JSON.parse(text) as object;
  } catch {
    throw new Failure('bell.json in this directory is not JSON', 'Correct it, or start the command somewhere else.');
  }
}
