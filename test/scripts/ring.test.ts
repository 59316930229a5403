import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_AT } from '../../firmware/core/bell/late.ts';
import { command } from '../../scripts/commands/ring.ts';
import type { Values } from '../../scripts/lib/command.ts';
import { Failure } from '../../scripts/lib/failure.ts';
import { makeRequest } from '../../scripts/lib/ring-request.ts';
import { connectClient } from '../support/mqtt-client.ts';
import { FakeIo, fakeBell, startBroker } from './host.ts';

interface Run {
  /** Exit code, or the sentence of the Failure. */
  end: number | string;
  out: string;
}

async function ring(words: string[], values: Values, io = new FakeIo()): Promise<Run> {
  try {
    return { end: await command.run(values, words, io), out: io.stdout };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { end: error.sentence, out: io.stdout };
  }
}

test('a ring that was rung is said in one sentence, and the exit code is 0', async () => {
  const broker = await startBroker();
  const bell = await fakeBell(broker.url, ['front'], ({ id }) => ({ id, outcome: 'rung', ms: 400 }));
  const values = { broker: broker.url, pattern: '200,100,200', ttl: '9', id: 'order-17' };
  assert.deepEqual(await ring(['front'], values), { end: 0, out: 'front: rung, 400 ms.\n' });
  assert.deepEqual(bell.heard, [{ pattern: '200,100,200', ttl: 9, id: 'order-17' }]);
  bell.close();
  await broker.close();
});

test('a ring that was refused says why, and the exit code is 1', async () => {
  const broker = await startBroker();
  const bell = await fakeBell(broker.url, ['front'], ({ id }) => ({ id, outcome: 'invalid', reason: 'why' }));
  const said = await ring(['front', 'fanfare'], { broker: broker.url });
  assert.deepEqual(said, { end: 1, out: 'front: refused: the payload cannot be rung (why).\n' });
  bell.close();
  await broker.close();
});

test('who does not say when, to a bell that asks for it, is told how', async () => {
  const broker = await startBroker();
  const bell = await fakeBell(broker.url, ['front'], ({ id }) => ({ id, outcome: 'invalid', ms: 0, reason: NO_AT }));
  const { end, out } = await ring(['front'], { broker: broker.url });
  assert.equal(end, 1);
  assert.match(out, /^front: refused: .*ring\.needsAt.*\.\nSay when: --at now\.\n$/);
  bell.close();
  await broker.close();
});

test('a ring that came too soon after a start is to be rung again', async () => {
  const broker = await startBroker();
  const bell = await fakeBell(broker.url, ['front'], ({ id }) => ({ id, outcome: 'stale', ms: 0 }));
  const { end, out } = await ring(['front'], { broker: broker.url });
  assert.equal(end, 1);
  assert.match(out, /^front: refused: it came too late, or may have waited\.\n.*: ring again in a few seconds\. .*\n$/);
  bell.close();
  await broker.close();
});

test('a group is listened to until the time is over, and every bell of it is reported', async () => {
  const broker = await startBroker();
  const front = await fakeBell(broker.url, ['front', 'house'], ({ id }) => ({ id, outcome: 'rung', ms: 200 }));
  const back = await fakeBell(broker.url, ['back', 'house'], ({ id }) => ({ id, outcome: 'muted', ms: 0 }));
  const { end, out } = await ring(['house'], { broker: broker.url, timeout: '1', json: true, id: 'x' });
  const answers = out.trim().split('\n').map((line) => JSON.parse(line) as object);
  assert.equal(end, 1);
  assert.equal(answers.length, 2);
  assert.deepEqual(new Set(answers.map((answer) => JSON.stringify(answer))), new Set([
    JSON.stringify({ id: 'x', outcome: 'rung', ms: 200, bell: 'front' }),
    JSON.stringify({ id: 'x', outcome: 'muted', ms: 0, bell: 'back' }),
  ]));
  front.close();
  back.close();
  await broker.close();
});

test('the outcome of somebody else’s ring is not taken for ours', async () => {
  const broker = await startBroker();
  const bell = await fakeBell(broker.url, ['front'], () => ({ id: 'other', outcome: 'rung', ms: 200 }));
  const { end } = await ring(['front'], { broker: broker.url, timeout: '1' });
  assert.equal(end, 'front did not answer in time. Look at it with bell watch.');
  bell.close();
  await broker.close();
});

test('a bell that is offline is called so', async () => {
  const broker = await startBroker();
  const client = await connectClient(broker.url);
  await client.publishAsync('bell/front/status', 'offline', { qos: 1, retain: true });
  const { end } = await ring(['front'], { broker: broker.url, timeout: '1' });
  assert.equal(end, 'front is offline. Give it power and a network.');
  client.end(true);
  await broker.close();
});

test('a name that nobody has is said to be one', async () => {
  const broker = await startBroker();
  const { end } = await ring(['nobody'], { broker: broker.url, timeout: '0' });
  assert.equal(end, 'Nobody called "nobody" answered in time. See who is there with bell watch.');
  await broker.close();
});

test('silence is sent and not waited for', async () => {
  const broker = await startBroker();
  const said = await ring(['front', 'off'], { broker: broker.url });
  assert.deepEqual(said, { end: 0, out: 'front: told to be silent.\n' });
  await broker.close();
});

test('no broker, a wrong password and a wrong address each say what to do', async () => {
  const broker = await startBroker({ username: 'ada', password: 's3cret' });
  const { host } = new URL(broker.url);
  const asAda = { broker: `mqtt://ada@${host}` };
  const wrong = await ring(['front'], asAda, new FakeIo({ BELL_PASSWORD: 'wr0ng' }));
  assert.match(String(wrong.end), /refuses this user name or password.* Give them with --broker/);
  assert.doesNotMatch(String(wrong.end), /wr0ng/);
  const right = await ring(['front', 'off'], asAda, new FakeIo({ BELL_PASSWORD: 's3cret' }));
  assert.equal(right.end, 0);
  await broker.close();
  const gone = await ring(['front'], { broker: broker.url });
  const cure = 'Start one with npm start, or name another with --broker.';
  assert.equal(gone.end, `No broker answers at ${broker.url}. ${cure}`);
  const odd = await ring(['front'], { broker: 'http://ada:s3cret@host' });
  assert.equal(odd.end, 'A broker cannot be reached by http. It is given like mqtt://192.168.1.2:1883.');
  const long = await ring(['front'], { broker: `${broker.url}/school` });
  assert.match(String(long.end), /^The address of the broker goes on behind its port\. Take away what follows/);
});

test('what no bell could understand is refused before anything is sent', () => {
  const refusal = (payload: string, values: Values = {}) => {
    try {
      return makeRequest(payload, values, 0).payload;
    } catch (error) {
      return (error as Failure).message;
    }
  };
  assert.match(refusal('200,,200'), /^This is no ring: a pattern is whole numbers/);
  assert.match(refusal('{"pattern":'), /^The payload starts like JSON and is not/);
  assert.match(refusal('', { times: '0' }), /^This is no ring: times must be/);
  assert.match(refusal('', { times: 'two' }), /^--times takes a whole number, not "two"/);
  assert.match(refusal('', { at: 'yesterday' }), /^--at takes "now" or the Unix time in s, not "yesterday"/);
  assert.match(refusal('300', { pattern: '200' }), /^The ring says its pattern twice, in the payload and as --pattern/);
  assert.match(refusal('{"ttl":5}', { ttl: '9' }), /^The ring says its ttl twice/);
});

test('payload and options become one ring with an id, and its length is known', () => {
  const request = makeRequest('{"pattern":"100,50,100"}', { times: '2', gap: '300', at: 'now', id: 'a' }, 1700000000);
  assert.deepEqual(JSON.parse(request.payload), {
    pattern: '100,50,100', times: 2, gap: 300, at: 1700000000, id: 'a',
  });
  assert.equal(request.lengthMs, 2 * (250 + 300));
  assert.notEqual(makeRequest('', {}, 0).id, makeRequest('', {}, 0).id);
});
