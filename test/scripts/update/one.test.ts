import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import esp32 from '../../../boards/esp32-devkit.ts';
import { startMosquitto } from '../../../scripts/bench/mosquitto.ts';
import { forgetfulBroker } from '../../support/forgetful-broker.ts';
import { connectClient } from '../../support/mqtt-client.ts';
import { optional } from '../../support/optional.ts';
import { startBroker } from '../host.ts';
import { FLEET, Home } from './home.ts';

const mosquitto = optional('mosquitto');

interface Kind {
  readonly name: string;
  readonly skip: string | false;
  start(): Promise<{ url: string; close(): Promise<void> }>;
}

const kinds: readonly Kind[] = [
  { name: 'Aedes', skip: false, start: startBroker },
  {
    name: 'Mosquitto',
    skip: mosquitto.skip,
    async start() {
      const { port, stop } = await startMosquitto(mosquitto.path!);
      return { url: `mqtt://127.0.0.1:${port}`, close: stop };
    },
  },
];

async function home(context: TestContext, start = startBroker): Promise<Home> {
  const broker = await start();
  const made = new Home(context, broker.url);
  context.after(() => broker.close());
  return made;
}

for (const { name, skip, start } of kinds) {
  test(`${name}: a bell runs the new version, byte for byte, and one sentence says it`, { skip }, async (context) => {
    const at = await home(context, start as typeof startBroker);
    const front = await at.bell({ id: 'front', version: '1.2.0' });
    const { file, bytes } = at.image('1.3.0');
    const { end, out, err } = await at.update(['front'], { image: file });
    assert.equal(end, 0);
    assert.match(out, /^front runs 1\.3\.0 \(was 1\.2\.0\), confirmed after \d+ s\.\n$/);
    assert.deepEqual(front.states, ['receiving', 'trial', 'confirmed']);
    assert.deepEqual(front.image, bytes);
    assert.match(err, /front: receiving/);
    assert.ok(!(out + err).includes(FLEET));
  });

  test(`${name}: a bell of SHA-256 with chunks of 1 KB`, { skip }, async (context) => {
    const at = await home(context, start as typeof startBroker);
    const front = await at.bell({ id: 'front', board: 'esp32-devkit' });
    const { file, bytes } = at.image('1.3.0', esp32, 9000);
    assert.equal((await at.update(['front'], { image: file })).end, 0);
    assert.deepEqual(front.image, bytes);
  });

  test(`${name}: a chunk that was lost is sent again`, { skip }, async (context) => {
    const at = await home(context, start as typeof startBroker);
    const front = await at.bell({ id: 'front', loses: [3, 0] });
    const { file, bytes } = at.image('1.3.0');
    assert.equal((await at.update(['front'], { image: file })).end, 0);
    assert.deepEqual(front.image, bytes);
    assert.deepEqual(front.reports.flatMap(({ want }) => (want === undefined ? [] : [want])), [3, 0]);
  });

  test(`${name}: chunks of the image before are taken from the broker`, { skip }, async (context) => {
    const at = await home(context, start as typeof startBroker);
    await at.bell({ id: 'front' });
    for (const version of ['1.1.0', '1.2.0']) {
      assert.equal((await at.update(['front'], { image: at.image(version).file })).end, 0);
    }
    const { published } = at.read('bell.rollout.json') as { published: object };
    const [image, ...others] = Object.keys(published);
    assert.deepEqual(others, []);
    const names = await retained(at.url, 'bell/image/+/+');
    assert.ok(names.length > 5);
    assert.ok(names.every((topic) => topic.startsWith(`bell/image/${image}/`)));
  });

  test(`${name}: an image that a stranger has left, and nobody runs, is taken away too`, { skip }, async (context) => {
    const at = await home(context, start as typeof startBroker);
    await at.bell({ id: 'front' });
    const client = await connectClient(at.url);
    const [idle, used] = ['aa'.repeat(8), 'bb'.repeat(8)];
    for (const topic of [`${idle}/0`, `${idle}/1`, `${used}/0`]) {
      await client.publishAsync(`bell/image/${topic}`, 'x', { qos: 1, retain: true });
    }
    await client.publishAsync('bell/back/update', `mac{"image":"${used}"}\n`, { qos: 1, retain: true });
    client.end(true);
    assert.equal((await at.update(['front'], { image: at.image('1.2.0').file })).end, 0);
    assert.deepEqual(await retained(at.url, `bell/image/${idle}/+`), []);
    assert.deepEqual(await retained(at.url, `bell/image/${used}/+`), [`bell/image/${used}/0`]);
  });
}

/** Topics under a filter that a broker keeps something for. */
async function retained(url: string, filter: string): Promise<string[]> {
  const client = await connectClient(url);
  const topics: string[] = [];
  client.on('message', (topic) => void topics.push(topic));
  await client.subscribeAsync(filter, { qos: 1 });
  // What is retained comes before the answer to a message that was sent after it.
  await client.subscribeAsync('after', { qos: 1 });
  await client.publishAsync('after', '', { qos: 1 });
  while (!topics.includes('after')) await new Promise<void>((done) => client.once('message', () => done()));
  client.end(true);
  return topics.filter((topic) => topic !== 'after');
}

test('a broker that keeps nothing: chunks are sent directly, and it is said', async (context) => {
  const at = await home(context, forgetfulBroker as typeof startBroker);
  const front = await at.bell({ id: 'front' });
  const { file, bytes } = at.image('1.3.0');
  const { end, err } = await at.update(['front'], { image: file });
  assert.equal(end, 0);
  assert.match(err, /This broker keeps no messages/);
  assert.deepEqual(front.image, bytes);
});

test('a bell with another key refuses, and still runs what it ran', async (context) => {
  const at = await home(context);
  const front = await at.bell({ id: 'front', version: '1.2.0', key: '00'.repeat(32) });
  const { end, out } = await at.update(['front'], { image: at.image('1.3.0').file });
  assert.equal(end, 1);
  assert.match(out, /^front refused it: wrong key\. It still runs 1\.2\.0\. The key of bell\.keys\.json is not/);
  assert.deepEqual(front.image.length, 0);
});

test('a bell that has taken another of its keys is found by trying', async (context) => {
  const at = await home(context);
  const others = { fleet: '11'.repeat(32), devices: { front: '22'.repeat(32) } };
  at.write('bell.keys.json', { ...others, before: { front: [FLEET] } });
  await at.bell({ id: 'front' });
  assert.equal((await at.update(['front'], { image: at.image('1.3.0').file })).end, 0);
  assert.deepEqual((at.read('bell.keys.json')['devices']), { front: FLEET });
});

test('a bell that goes back by itself is named with the reason', async (context) => {
  const at = await home(context);
  await at.bell({ id: 'front', version: '1.2.0', fate: 'rolled back' });
  const { end, out } = await at.update(['front'], { image: at.image('1.3.0').file });
  assert.equal(end, 1);
  assert.equal(out, 'front tried 1.3.0 and went back by itself: slot b crashed or hung. It runs 1.2.0.\n');
});

test('a bell that falls silent is named, with what it did last', async (context) => {
  const at = await home(context);
  await at.bell({ id: 'front', fate: 'mute' });
  const { end, out } = await at.update(['front'], { image: at.image('1.3.0').file, patience: '1' });
  assert.equal(end, 1);
  assert.match(out, /^front fell silent from the start\. It ran 1\.0\.0\./);
});

test('a bell whose image has not proved itself yet is waited for', async (context) => {
  const at = await home(context);
  const front = await at.bell({ id: 'front', unproven: true });
  assert.equal((await at.update(['front'], { image: at.image('1.3.0').file })).end, 0);
  assert.deepEqual(front.states, ['refused', 'receiving', 'trial', 'confirmed']);
});

test('the same and an older version are refused before anything is sent, and pushed by force', async (context) => {
  const at = await home(context);
  const front = await at.bell({ id: 'front', version: '1.3.0' });
  const same = await at.update(['front'], { image: at.image('1.3.0').file });
  assert.equal(same.end, 'front runs 1.3.0 already. Raise the version in package.json, or add --force.');
  const older = await at.update(['front'], { image: at.image('1.2.9').file });
  assert.match(String(older.end), /^front: runs 1\.3\.0, which is newer than 1\.2\.9\. Add --force/);
  assert.deepEqual(front.reports, []);
  assert.equal((await at.update(['front'], { image: at.image('1.2.9').file, force: true })).end, 0);
  assert.equal(front.version, '1.2.9');
});

test('a bell goes back to its other image, and changes its key, without a cable', async (context) => {
  const at = await home(context);
  const front = await at.bell({ id: 'front', version: '1.2.0' });
  const back = await at.update(['front'], { rollback: true });
  assert.equal(back.end, 0);
  assert.match(back.out, /^front runs 0\.0\.1 \(was 1\.2\.0\), after \d+ s\.\n$/);
  const change = await at.update(['front'], { 'new-key': true });
  assert.equal(change.end, 0);
  assert.match(change.out, /^front has a new key, after \d+ s\.\n$/);
  assert.notEqual(front.key, FLEET);
  assert.deepEqual((at.read('bell.keys.json')['devices']), { front: front.key });
  assert.ok(!(change.out + change.err).includes(front.key));
  assert.deepEqual(await retained(at.url, 'bell/front/update'), []);
  assert.equal((await at.update(['front'], { image: at.image('1.3.0').file })).end, 0);
});

test('nobody, a bell that is off, and one without a key are each said', async (context) => {
  const at = await home(context);
  const image = at.image('1.3.0').file;
  assert.match(String((await at.update(['front'], { image })).end), /^Nobody called "front" answers\./);
  const client = await connectClient(at.url);
  const info = JSON.stringify({ version: '1.0.0', board: 'd1-mini', names: ['front', 'all'] });
  await client.publishAsync('bell/front/info', info, { qos: 1, retain: true });
  assert.match(String((await at.update(['front'], { image })).end), /^front: does not answer\. Give it power/);
  client.end(true);
  at.write('bell.keys.json', {});
  await at.bell({ id: 'front' });
  assert.match(String((await at.update(['front'], { image })).end), /^front: there is no key for it\. Make one with/);
});
