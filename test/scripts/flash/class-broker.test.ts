import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { command as ring } from '../../../scripts/commands/ring.ts';
import { Seats, type Login, type Seat } from '../../../scripts/lib/flash/seats.ts';
import { mosquittoWith, passwordFile } from '../../support/brokers.ts';
import { connectClient } from '../../support/mqtt-client.ts';
import { optional } from '../../support/optional.ts';
import { settings } from '../../support/settings.ts';
import { fakeBell, FakeIo } from '../host.ts';

const { path: mosquitto = '', skip } = optional('mosquitto');
const folder = mkdtempSync(join(tmpdir(), 'bell-class-broker-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('with its papers Mosquitto lets a seat ring its own bell alone, and the teacher all', { skip }, async (t) => {
  const seats = Seats.open(folder, 2, 'bell-');
  seats.writePapers(settings('{"groups":["left"],"wifi":[{"ssid":"class"}],"mqtt":{"host":"10.0.0.1"}}'));
  const paper = (name: string) => readFileSync(join(folder, name), 'utf8');
  const broker = await mosquittoWith(mosquitto, (its) => [
    'allow_anonymous false', `password_file ${passwordFile(its, paper('passwords.txt'))}`,
    `acl_file ${join(folder, 'acl.txt')}`,
  ]);
  t.after(() => broker.stop());
  const url = ({ name, password }: Login) => `mqtt://${name}:${password}@127.0.0.1:${broker.port}`;
  const [one, two] = seats.list as readonly [Seat, Seat];
  const rung = ({ id }: { id: string }) => ({ outcome: 'rung', ms: 100, id });
  const bells = await Promise.all([one, two].map((seat) => fakeBell(url(seat), [seat.name, 'all', 'left'], rung)));
  t.after(() => bells.forEach((bell) => bell.close()));
  const says = async (who: Login, name: string) => {
    const io = new FakeIo();
    await ring.run({ broker: url(who), pattern: '100', timeout: '2' }, [name], io);
    return io.stdout;
  };

  assert.equal(await says(one, one.name), `${one.name}: rung, 100 ms.\n`);
  const intruder = await connectClient(url(one));
  t.after(() => intruder.end(true));
  const overheard: string[] = [];
  intruder.on('message', (topic) => overheard.push(topic));
  await intruder.subscribeAsync('bell/#', { qos: 1 });
  for (const topic of [`${two.name}/ring`, `${two.name}/set`, 'all/ring', 'left/ring']) {
    await intruder.publishAsync(`bell/${topic}`, '{"id":"an intruder"}', { qos: 1 });
  }
  for (const name of [two.name, 'all', 'left']) assert.match(await says(seats.teacher, name), /bell-02: rung/);
  const heard = bells.map((bell) => bell.heard.map(({ id }) => id));
  assert.ok(!heard.flat().includes('an intruder'));
  assert.deepEqual(heard.map(({ length }) => length), [3, 3]);
  assert.ok(overheard.includes('bell/all/ring') && !overheard.some((topic) => topic.startsWith(`bell/${two.name}/`)));

  for (const stranger of [`mqtt://127.0.0.1:${broker.port}`, url({ ...one, password: two.password })]) {
    await assert.rejects(connectClient(stranger), /Not authorized|Connection refused/);
  }
});
