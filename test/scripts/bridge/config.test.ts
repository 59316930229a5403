import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { command } from '../../../scripts/commands/bridge.ts';
import { bridgedTopics } from '../../../scripts/lib/bridge/topics.ts';
import type { Values } from '../../../scripts/lib/command.ts';
import type { Failure } from '../../../scripts/lib/failure.ts';
import { root } from '../../../scripts/lib/paths.ts';
import { FakeIo } from '../host.ts';

const folder = mkdtempSync(join(tmpdir(), 'bell-bridge-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, kind: string): string {
  writeFileSync(join(folder, name), `-----BEGIN ${kind}-----\nAAAA\n-----END ${kind}-----\n`);
  return join(folder, name);
}

const cert = file('cert.pem', 'CERTIFICATE');
const key = file('key.pem', 'PRIVATE KEY');
const login = { cert, key };
const AWS = { host: 'abc-ats.iot.eu-central-1.amazonaws.com', ca: cert, ...login };

async function lines(kind: string, values: Values, env: Record<string, string> = {}): Promise<string[]> {
  const io = new FakeIo(env);
  assert.equal(await command.run({ name: 'house', ...values }, [kind], io), 0);
  return io.stdout.split('\n');
}

async function refusal(kind: string | undefined, values: Values, env: Record<string, string> = {}): Promise<string> {
  const io = new FakeIo(env);
  const run = command.run({ name: 'house', ...values }, kind === undefined ? [] : [kind], io);
  return run.then(() => assert.fail('it was not refused'), (error: Failure) => error.sentence);
}

test('for AWS there are certificate, client identifier and what its limits ask for, and no password', async () => {
  const found = await lines('aws', AWS);
  for (const line of [
    'connection house', `address ${AWS.host}:8883`, 'remote_clientid house', `bridge_certfile ${cert}`,
    `bridge_keyfile ${key}`, 'try_private false', 'bridge_attempt_unsubscribe false', 'bridge_insecure false',
    'bridge_max_packet_size 131072', 'topic +/ring in 1 bell/ bell/', 'topic +/status out 1 bell/ bell/',
  ]) assert.ok(found.includes(line), line);
  assert.ok(!found.some((line) => /alpn|password|bridge_capath/.test(line)));
});

test('for AWS on port 443 there is the name of the protocol', async () => {
  assert.ok((await lines('aws', { ...AWS, host: `${AWS.host}:443` })).includes('bridge_alpn x-amzn-mqtt-ca'));
});

test('for shiftr.io the user name is the instance, and the system says whom to trust', async () => {
  const out = join(folder, 'shiftr.conf');
  const io = new FakeIo({ BELL_BRIDGE_PASSWORD: 'a secret' });
  assert.equal(await command.run({ username: 'my-school', name: 'house', out }, ['shiftr'], io), 0);
  const text = readFileSync(out, 'utf8');
  for (const line of [
    'address my-school.cloud.shiftr.io:8883', 'remote_username my-school', 'remote_password a secret',
    'bridge_capath /etc/ssl/certs',
  ]) assert.ok(text.split('\n').includes(line), line);
  assert.match(text, /Never retain a ring.*ring\.needsAt/s);
  assert.match(io.stdout, /ring\.needsAt/);
  assert.ok(!io.stdout.includes('secret') && !io.stderr.includes('secret'));
  if (process.platform !== 'win32') assert.equal(statSync(out).mode & 0o077, 0);
});

test('a password is not written to the terminal', async () => {
  const said = await refusal('tls', { host: 'h', username: 'u' }, { BELL_BRIDGE_PASSWORD: 'a secret' });
  assert.match(said, /would stand on the screen\. Name a file with --out/);
  assert.ok(!said.includes('a secret'));
});

test('strangers over there can ring and stop; settings and updates only if one says so', async () => {
  const inwards = async (values: Values) => {
    const found = await lines('aws', { ...AWS, ...values });
    return found.flatMap((line) => /^topic (\S+) in/.exec(line)?.[1] ?? []);
  };
  assert.deepEqual(await inwards({}), ['+/ring', '+/stop', '+/who']);
  assert.deepEqual(await inwards({ set: true }), ['+/ring', '+/stop', '+/who', '+/set']);
  assert.deepEqual((await inwards({ updates: true })).slice(3), ['+/update', 'image/+/+']);
});

test('the first part of the topics may be another one over there', async () => {
  const found = await lines('aws', { ...AWS, prefix: 'school', 'far-prefix': 'site/7' });
  assert.ok(found.includes('topic +/rang out 1 school/ site/7/'));
});

test('every topic of the docs crosses the bridge, in its own direction and in one only', () => {
  const page = readFileSync(join(root, 'docs', 'topics.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `bell\/(\S+)` \| (to|from) it \|/gm)];
  const wanted = rows.map(([, topic = '', way]) => `${topic.replaceAll(/<\w+>/g, '+')} ${way === 'to' ? 'in' : 'out'}`);
  assert.deepEqual(bridgedTopics.map(({ pattern, direction }) => `${pattern} ${direction}`).sort(), wanted.sort());
});

test('what would not work is refused, with what to do', async () => {
  const secret = { BELL_BRIDGE_PASSWORD: 'x' };
  const deep = 'a/b/c/d/e/f';
  const cases: [string, Promise<string>, RegExp][] = [
    ['no kind', refusal(undefined, {}), /It may be aws \(AWS IoT Core\), shiftr/],
    ['a wrong kind', refusal('asw', {}), /There is no "asw"\. Did you mean aws\?/],
    ['no host', refusal('aws', login), /--host takes the endpoint/],
    ['a path as host', refusal('aws', { ...AWS, host: 'https://x/y' }), /is no host/],
    ['no certificate', refusal('aws', { host: 'h' }), /Give it with --cert and --key/],
    ['half a certificate', refusal('tls', { host: 'h', cert }), /Give both/],
    ['key for certificate', refusal('tls', { host: 'h', cert: key, key: cert }), /It is a private key: that is --key/],
    ['a file that is not there', refusal('aws', { ...AWS, ca: 'none.pem' }), /none\.pem cannot be read/],
    ['no user', refusal('shiftr', { host: 'h' }), /Give the name with --username/],
    ['no password', refusal('tls', { host: 'h', username: 'u' }), /BELL_BRIDGE_PASSWORD/],
    ['a line break', refusal('tls', { host: 'h', username: 'u\nlistener 1' }, secret), /control character/],
    ['a blank', refusal('tls', { host: 'h', username: 'u' }, { BELL_BRIDGE_PASSWORD: 'x ' }), /blank at an end/],
    ['a wildcard', refusal('aws', { ...AWS, prefix: '#' }), /cannot begin a topic/],
    ['too many slashes', refusal('aws', { ...AWS, 'far-prefix': deep }), /up to 7 slashes/],
    ['too long', refusal('shiftr', { username: 'u', 'far-prefix': 'x'.repeat(99) }, secret), /up to 128 bytes/],
    ['letters', refusal('shiftr', { username: 'u', 'far-prefix': 'schön' }, secret), /does not take each character/],
    ['a long name', refusal('tls', { host: 'h', name: 'x'.repeat(24) }), /up to 23 letters/],
  ];
  for (const [name, said, expected] of cases) assert.match(await said, expected, name);
});
