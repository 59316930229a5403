import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Board } from '../../../boards/board.ts';
import d1Mini from '../../../boards/d1-mini.ts';
import esp32 from '../../../boards/esp32-devkit.ts';
import { createBoard, memoryNetwork, VirtualTime } from '../../../simulator/index.ts';
import { aedesInMemory } from '../../support/brokers.ts';
import { images, storageWith } from '../../support/loader-bench.ts';
import type { Wanted } from '../../support/loader-bench.ts';
import { clientOver } from '../../support/mqtt-client.ts';
import { settings } from '../../support/settings.ts';

const MINUTE = 60_000;
const stored = settings(`{"id":"front","wifi":[{"ssid":"school","password":"correct horse"}],
  "mqtt":{"host":"broker","username":"bell","password":"ring"}}`);

/** A device on a broker, and what an ordinary client hears there, by topic. */
async function bench(board: Board, wanted: Wanted) {
  const broker = await aedesInMemory();
  const storage = await storageWith(board, { settings: stored, ...wanted });
  const time = new VirtualTime();
  const network = memoryNetwork((host, port) => host === 'broker' && port === 1883 ? broker.connect() : undefined);
  const device = createBoard({ chip: board.chip, storage, time, network });
  const heard = new Map<string, string>();
  const client = await clientOver(broker.connect(), { clientId: 'listener' });
  client.on('message', (topic, payload) => void heard.set(topic, payload.toString()));
  await client.subscribeAsync('#');
  device.plug();
  const end = async () => {
    device.unplug();
    await client.endAsync(true);
    await broker.stop();
  };
  return { device, time, heard, network, end };
}

for (const board of [d1Mini, esp32]) {
  const name = (text: string) => `${board.id}: ${text}`;

  test(name('a device without an image that runs says so, and why'), async () => {
    const { device, time, heard, end } = await bench(board, { a: images.garbage });
    await time.until(() => heard.has('bell/front/info'), 2 * MINUTE);
    assert.equal(heard.get('bell/front/status'), 'safe mode');
    const info = JSON.parse(heard.get('bell/front/info')!) as Record<string, string>;
    assert.equal(info.board, board.id);
    assert.match(info.reason!, /slot a failed, slot b is empty$/);
    assert.deepEqual(device.edges.filter(({ pin, level }) => pin === board.relay.pin && level === board.relay.on), []);
    await end();
  });

  test(name('safe mode blinks seven times, again and again'), async () => {
    const { device, time, heard, end } = await bench(board, {});
    await time.until(() => heard.has('bell/front/info'), 2 * MINUTE);
    const lit = ({ pin, level }: { pin: string; level: number }) => pin === board.led?.pin && level === board.led.on;
    const blinks = () => device.edges.filter(lit).length;
    const before = blinks();
    await time.advance(20_000);
    assert.equal(blinks() - before, 5 * 7);
    await end();
  });

  const minutes = board === d1Mini ? 10 : 1;
  test(name(`safe mode is left for another try after ${minutes} min, and entered again`), async () => {
    const { device, time, heard, end } = await bench(board, {});
    await time.until(() => heard.has('bell/front/info'), 2 * MINUTE);
    heard.clear();
    const before = device.restarts;
    await time.until(() => heard.get('bell/front/status') === 'safe mode', 1.5 * minutes * MINUTE);
    assert.equal(device.restarts, before + 1);
    assert.equal(heard.get('bell/front/status'), 'safe mode');
    await end();
  });

  test(name('a device in safe mode comes back when its network and its broker do'), async () => {
    const { device, time, heard, network, end } = await bench(board, {});
    await time.until(() => heard.has('bell/front/info'), 2 * MINUTE);
    device.wifi(false);
    await time.advance(MINUTE);
    device.wifi(true);
    heard.clear();
    await time.until(() => heard.get('bell/front/status') === 'safe mode', 3 * MINUTE);
    network.cut();
    heard.clear();
    await time.until(() => heard.get('bell/front/status') === 'safe mode', 3 * MINUTE);
    await end();
  });
}

test('safe mode knows its broker from settings of a version that is newer than the loader', async () => {
  const { time, heard, end } = await bench(d1Mini, { settings: { ...stored, version: 2 as 1 } });
  await time.until(() => heard.get('bell/front/status') === 'safe mode', 2 * MINUTE);
  await end();
});

test('a device without settings waits in safe mode, without an error', async () => {
  const { device, time, heard, end } = await bench(d1Mini, { settings: settings() });
  await time.advance(5 * MINUTE);
  assert.deepEqual([device.consoleText, heard.size], ['', 0]);
  await end();
});
