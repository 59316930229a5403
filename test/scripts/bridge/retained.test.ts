import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, type TestContext } from 'node:test';
import d1Mini from '../../../boards/d1-mini.ts';
import { NO_AT } from '../../../firmware/core/bell/late.ts';
import { command } from '../../../scripts/commands/bridge.ts';
import type { Bell } from '../../support/bell.ts';
import type { SimulatedHardware } from '../../support/bell-on-board.ts';
import { mosquittoWith } from '../../support/brokers.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { connectClient } from '../../support/mqtt-client.ts';
import { optional } from '../../support/optional.ts';
import { Scene, simulated } from '../../support/scene.ts';
import { timeServer } from '../../support/time-server.ts';
import { tlsFront } from '../../support/tls-front.ts';
import { FakeIo } from '../host.ts';

const mosquitto = optional('mosquitto');
const openssl = optional('openssl');
const skip = mosquitto.skip || openssl.skip;
const folder = mkdtempSync(join(tmpdir(), 'bell-retained-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const unix = () => Math.floor(Date.now() / 1000);
const ALPN = 'x-amzn-mqtt-ca';

/** Waits until the clock of a bell is set, which is a moment after it has come online. */
async function untilItKnowsTheTime(bell: Bell): Promise<void> {
  for (let i = 0; (await bell.ring(`{"id":"clock${i}","pattern":10,"at":${unix()}}`)).outcome !== 'rung'; i++);
}

/** A house whose Mosquitto has a bridge, as the command writes it, to a Mosquitto over there. */
async function house(t: TestContext) {
  const certificates = makeCertificates(openssl.path!, folder);
  const far = await mosquittoWith(mosquitto.path!, () => ['allow_anonymous true']);
  t.after(() => far.stop());
  const link = await tlsFront(far.port, certificates, ALPN);
  t.after(() => link.close());
  const there = await connectClient(`mqtt://127.0.0.1:${far.port}`);
  t.after(() => there.end(true));
  const { ca, client: { cert, key } } = certificates;
  const out = join(folder, 'bridge.conf');
  const values = { host: `localhost:${link.port}`, ca, cert, key, alpn: ALPN, name: 'house', out };
  assert.equal(await command.run(values, ['tls'], new FakeIo()), 0);
  // A fraction of the usual pause, so that a test does not wait for it.
  const config = readFileSync(out, 'utf8').replace('restart_timeout 5 60', 'restart_timeout 1 1');
  const near = await mosquittoWith(mosquitto.path!, () => ['allow_anonymous true', 'set_tcp_nodelay true', config]);
  t.after(() => near.stop());
  const scene = new Scene<SimulatedHardware>(near, undefined, 'bell');
  t.after(() => scene.end());
  return { there, link, scene };
}

test('what is retained over there rings a bell whenever the bridge connects, and none with ring.needsAt', {
  skip, timeout: 60_000,
}, async (t) => {
  const { there, link, scene } = await house(t);
  const board = simulated(d1Mini, undefined, { answer: timeServer(unix) });
  const common = { groups: [], ring: { during: 'queue' }, guard: { lockoutMs: 0 } };
  const plain = await (await scene.bell(board, { ...common, id: 'plain' })).start();
  const strict = await (await scene.bell(board, {
    ...common, id: 'strict', ring: { during: 'queue', needsAt: true }, time: { server: 'pool' },
  })).start();
  await untilItKnowsTheTime(strict);
  const rungBefore = strict.strokes().length;

  link.cut();
  const keep = (name: string, payload: string) => {
    return there.publishAsync(`bell/${name}/ring`, payload, { qos: 1, retain: true });
  };
  await keep('plain', '1');
  await keep('strict', '1');
  await keep('all', `{"id":"lunch","at":${unix() - 3600}}`);
  link.open();
  assert.equal((await plain.outcome()).outcome, 'rung');
  const refused = [await strict.outcome(), await strict.outcome()].map(({ outcome, reason }) => [outcome, reason]);
  assert.deepEqual(new Map(refused as [string, string | undefined][]),
    new Map([['invalid', NO_AT], ['stale', undefined]]));

  await there.publishAsync('bell/strict/ring', `{"id":"fresh","at":${unix()}}`, { qos: 1 });
  assert.equal(await strict.outcomeOf('fresh'), 'rung');
  assert.equal(strict.strokes().length, rungBefore + 1);
});
