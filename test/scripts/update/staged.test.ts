import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import esp32 from '../../../boards/esp32-devkit.ts';
import { version } from '../../../scripts/lib/paths.ts';
import { readImage } from '../../../scripts/lib/update/image-file.ts';
import { connectClient, nextMessage } from '../../support/mqtt-client.ts';
import type { Manner } from '../../support/imitation-updatee.ts';
import { startBroker } from '../host.ts';
import { Home } from './home.ts';

async function home(context: TestContext): Promise<Home> {
  const broker = await startBroker();
  const made = new Home(context, broker.url);
  context.after(() => broker.close());
  return made;
}

async function bells(at: Home, count: number, manner: (i: number) => Partial<Manner> = () => ({})) {
  return Promise.all(Array.from({ length: count }, (_, i) => {
    return at.bell({ id: `bell-${String(i).padStart(2, '0')}`, groups: ['house'], version: '1.2.0', ...manner(i) });
  }));
}

test('a roll-out goes stage by stage, and its table and JSON tell of each bell', async (context) => {
  const at = await home(context);
  const all = await bells(at, 12);
  const { end, out, err } = await at.update(['all'], { image: at.image('1.3.0').file, stages: '1,25%,100%' });
  assert.equal(end, 0);
  assert.ok(all.every(({ version }) => version === '1.3.0'));
  const [one, two, three, four] = all.map(({ newest }) => newest) as [number, number, number, number];
  assert.deepEqual([one < two, two === three, three < four], [true, true, true]);
  const confirmed = /^bell-\d\d  d1-mini  1\.2\.0  1\.3\.0  confirmed/;
  assert.equal(out.split('\n').filter((line) => confirmed.test(line)).length, 12);
  assert.match(out, /\n12 of 12 bells run 1\.3\.0\.\n$/);
  assert.match(err, /stage 3 of 3, 12 bells/);
  const { end: shown, out: json } = await at.update([], { status: true, json: true });
  const lines = json.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.equal(shown, 0);
  assert.equal(lines.length, 13);
  assert.equal(lines[0]!['state'], 'done');
  assert.deepEqual(lines[12], {
    rollout: 'all', do: 'run', version: '1.3.0', state: 'done', stage: 3, stages: 3, bells: 12, done: 12,
  });
});

test('stages that cannot be are refused before the roll is called', async (context) => {
  const at = await home(context);
  for (const stages of ['0', '50%,10%']) {
    const { end, err } = await at.update(['all'], { stages });
    assert.match(String(end), /^The stages .* Each one counts all devices so far/);
    assert.equal(err, '');
  }
});

test('it stops by itself when too many fail, and nobody else is asked', async (context) => {
  const at = await home(context);
  const all = await bells(at, 8, (i) => (i === 1 ? { fate: 'rolled back' } : {}));
  const { end, out } = await at.update(['house'], { image: at.image('1.3.0').file, stages: '1,50%,100%' });
  assert.equal(end, 1);
  assert.deepEqual(all.map(({ newest }) => newest > 0), [true, true, true, true, false, false, false, false]);
  assert.match(out, /bell-01  d1-mini  1\.2\.0  1\.2\.0  rolled back +\d+  slot b crashed or hung/);
  assert.match(out, /Stopped in stage 2 of 3: 1 of 4 failed or fell silent, more than 2% \(0\)/);
});

test('who failed within the limit does not stop it, and resuming goes on where it stopped', async (context) => {
  const at = await home(context);
  const all = await bells(at, 6, (i) => (i < 2 ? { fate: 'failed' } : {}));
  const values = { image: at.image('1.3.0').file, stages: '1,50%,100%', 'max-failures': '1' };
  const first = await at.update(['house'], values);
  assert.match(first.out, /Stopped in stage 2 of 3: 2 of 3 failed or fell silent, more than 1\./);
  assert.equal(all[5]!.newest, 0);
  const second = await at.update([], { resume: true });
  assert.equal(second.end, 1);
  assert.match(second.out, /Stopped in stage 2 of 3/);
  assert.equal(all[0]!.states.filter((state) => state === 'failed').length, 2);
});

test('manifests are taken back from bells that were off when it stopped', async (context) => {
  const at = await home(context);
  await bells(at, 4, (i) => [{ fate: 'failed' as const }, { fate: 'mute' as const }, {}, {}][i]!);
  const values = { image: at.image('1.3.0').file, stages: '2,100%', patience: '1' };
  const { out } = await at.update(['house'], values);
  assert.match(out, /Stopped in stage 1 of 2/);
  const client = await connectClient(at.url);
  const kept = nextMessage(client);
  await client.subscribeAsync('bell/+/update', { qos: 1 });
  assert.equal((await kept)[0], 'bell/bell-00/update');
  client.end(true);
});

test('after an interruption the bells go on, --status sees it, and --resume finishes', async (context) => {
  const at = await home(context);
  const all = await bells(at, 5, () => ({ trialMs: 1500 }));
  const io = at.io() as ReturnType<Home['io']>;
  const values = { image: at.image('1.3.0').file, stages: '2,100%' };
  const running = at.update(['house'], values, io);
  await io.seen(/2 on trial/);
  io.interrupt();
  const { end } = await running;
  assert.equal(end, 'Interrupted. What was published goes on by itself: bell update --resume follows it.');
  await Promise.all(all.slice(0, 2).map((bell) => bell.reported('confirmed')));
  assert.deepEqual(all.map(({ newest }) => newest > 0), [true, true, false, false, false]);
  const status = await at.update([], { status: true });
  assert.match(status.out, /bell-01 .* confirmed/);
  assert.match(status.out, /Stage 1 of 2: 2 of 5 bells run 1\.3\.0\. Go on with bell update --resume\./);
  const alone = await at.update([], { status: true, broker: 'mqtt://127.0.0.1:1' });
  assert.match(alone.err, /No broker answers at .*; this is what was known before\./);
  assert.match(alone.out, /bell-01 .* on trial/);
  const resumed = await at.update([], { resume: true });
  assert.equal(resumed.end, 0);
  assert.match(resumed.out, /5 of 5 bells run 1\.3\.0\./);
  // They were not asked anew, only told once more.
  assert.ok(all[0]!.newest < all[4]!.newest);
});

test('a resumed roll-out pushes the very image that it began with', async (context) => {
  const at = await home(context);
  const [front] = await bells(at, 2, (i) => ({ trialMs: i ? 50 : 60_000 }));
  const io = at.io();
  const { file, bytes } = at.image('1.3.0');
  const running = at.update(['house'], { image: file, stages: '1,100%' }, io);
  await io.seen(/1 on trial/);
  io.interrupt();
  await running;
  front!.stop();
  at.image('1.3.0', d1Mini, 7000);
  const again = await at.bell({ id: 'bell-00', version: '1.2.0' });
  assert.equal((await at.update([], { resume: true })).end, 0);
  assert.deepEqual(again.image, bytes);
});

test('bells of other boards than the image are left out by name', async (context) => {
  const at = await home(context);
  await bells(at, 3, (i) => (i === 2 ? { board: 'esp32-devkit' } : {}));
  const { end, out } = await at.update(['house'], { image: at.image('1.3.0').file });
  assert.equal(end, 1);
  assert.match(out, /bell-02  esp32-devkit  1\.2\.0  1\.2\.0  left out +the image is for d1-mini/);
  const rest = await at.update(['house'], { image: at.image('1.3.0', esp32).file });
  assert.match(rest.out, /bell-02 .* confirmed/);
});

test('everybody runs it already: nothing to do is success', async (context) => {
  const at = await home(context);
  await bells(at, 2, () => ({ version: '1.3.0' }));
  const { end, out } = await at.update(['house'], { image: at.image('1.3.0').file });
  assert.equal(end, 0);
  assert.match(out, /left alone +runs 1\.3\.0 already/);
});

test('two at once in one directory: the second is refused', async (context) => {
  const at = await home(context);
  at.write('bell.rollout.json', {
    format: 1, serial: 1, pid: process.ppid, skipped: [], images: {}, published: {},
  });
  assert.match(String((await at.update(['all'], {})).end), /^Another bell update is at work/);
});

test('a serial is above every earlier one, whatever the clock says', async (context) => {
  const at = await home(context);
  const future = 2_000_000_000;
  at.write('bell.rollout.json', { format: 1, serial: future, skipped: [], images: {}, published: {} });
  const [front] = await bells(at, 1);
  assert.equal((await at.update(['bell-00'], { image: at.image('1.3.0').file })).end, 0);
  assert.equal(front!.newest, future + 1);
});

test('without --image, the one of each bell’s own board is built, in the version of package.json', async (context) => {
  const at = await home(context);
  const [front, back] = await bells(at, 2, (i) => ({ version: '0.9.0', board: i ? 'esp32-devkit' : 'd1-mini' }));
  const { end, out } = await at.update(['house'], {});
  assert.equal(end, 0, out);
  for (const [bell, board] of [[front!, d1Mini], [back!, esp32]] as const) {
    const image = readImage(bell.image, 'what came');
    assert.deepEqual([image.board.id, image.version, bell.version], [board.id, version(), version()]);
  }
});
