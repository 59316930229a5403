import { resolve } from 'node:path';
import { isSet, textOf, writeJson, type Command, type Io, type Values } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { terminalAsker } from '../lib/flash/terminal-asker.ts';
import type { Bridge } from '../lib/bridge/bridge.ts';
import { checkFar } from '../lib/bridge/check.ts';
import { mosquittoConfig } from '../lib/bridge/config.ts';
import { checkLine, readBridge } from '../lib/bridge/read-bridge.ts';
import { writeSafely } from '../lib/update/safe-file.ts';

export const command: Command = {
  name: 'bridge',
  summary: 'Writes the file with which a Mosquitto in the house reaches a broker across the internet',
  usage: 'aws|shiftr|tls [options]',
  options: {
    host: { type: 'string', value: 'HOST', help: 'the broker over there, host or host:port (8883)' },
    ca: { type: 'string', value: 'FILE', help: 'certificate of the authority that signs its own (the system\'s)' },
    cert: { type: 'string', value: 'FILE', help: 'certificate of the bridge, where one is asked for' },
    key: { type: 'string', value: 'FILE', help: 'the key of that certificate' },
    username: { type: 'string', value: 'NAME', help: 'user name; the password is asked for, or BELL_BRIDGE_PASSWORD' },
    alpn: { type: 'string', value: 'TEXT', help: 'name of the protocol in TLS (for AWS on port 443 it is known)' },
    name: { type: 'string', value: 'TEXT', help: 'client identifier of the bridge (bell- and this machine\'s name)' },
    prefix: { type: 'string', value: 'TEXT', help: 'first part of every topic in the house (bell)' },
    'far-prefix': { type: 'string', value: 'TEXT', help: 'first part of every topic over there (the same)' },
    set: { type: 'boolean', help: 'let settings in from there too' },
    updates: { type: 'boolean', help: 'let updates in from there too' },
    out: { type: 'string', value: 'FILE', help: 'write it here, for you alone to read (the terminal)' },
    check: { type: 'boolean', help: 'only log in over there, and look for rings that were retained' },
    json: { type: 'boolean', help: 'with --check: one JSON object' },
  },
  examples: [
    'bell bridge aws --host abc-ats.iot.eu-central-1.amazonaws.com --ca root.pem --cert bell.pem --key bell.key',
    'bell bridge shiftr --username my-instance --out bell-bridge.conf',
    'bell bridge tls --host broker.example.com --username house --check',
  ],
  async run(values, [kind, ...rest], io) {
    if (rest.length > 0) throw new Failure('One bridge at a time', 'See bell bridge --help.');
    const bridge = readBridge(kind, values, io, await passwordFor(values, io));
    return isSet(values, 'check') ? check(bridge, isSet(values, 'json'), io) : write(bridge, textOf(values, 'out'), io);
  },
};

/** What keeps bells silent whatever is retained over there, from now on. */
const ADVICE = 'Set ring.needsAt and time.server on the bells: then none rings for what is retained over there.';

async function passwordFor(values: Values, io: Io): Promise<string | undefined> {
  const username = textOf(values, 'username');
  if (username === undefined) return undefined;
  const password = io.env.BELL_BRIDGE_PASSWORD ?? await terminalAsker(io)?.secret(`Password of ${username}`);
  if (password !== undefined) checkLine(password, 'The password');
  return password;
}

function write(bridge: Bridge, out: string | undefined, io: Io): number {
  if (out === undefined && bridge.password !== undefined) {
    throw new Failure('The password would stand on the screen', 'Name a file with --out bell-bridge.conf.');
  }
  const text = mosquittoConfig(bridge);
  if (out === undefined) io.out.write(text);
  else {
    writeSafely(resolve(io.cwd, out), text, 0o600);
    io.out.write(`${out} is written, for you alone to read. Give it to Mosquitto: docs/brokers.md says how.\n`);
    if (bridge.far.retainedOnWildcard) io.out.write(`${ADVICE}\n`);
  }
  return 0;
}

async function check(bridge: Bridge, isJson: boolean, io: Io): Promise<number> {
  const kept = await checkFar(bridge);
  const at = `${bridge.host}:${bridge.port}`;
  if (isJson) writeJson(io, { host: bridge.host, port: bridge.port, retainedRings: kept });
  else if (kept.length === 0) {
    io.out.write(`${at} lets the bridge in, and keeps no ring.\n`);
    if (bridge.far.retainedOnWildcard) io.out.write(`${ADVICE}\n`);
  } else {
    io.out.write(`${at} lets the bridge in, and keeps rings, which would ring whenever the bridge connects:\n`);
    for (const topic of kept) io.out.write(`  ${topic}\n`);
    io.out.write(`Take each away: publish an empty retained message to it there.\n${ADVICE}\n`);
  }
  return kept.length === 0 ? 0 : 1;
}
