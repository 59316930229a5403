import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { Board } from '../../boards/board.ts';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import { command } from '../../scripts/commands/update.ts';
import type { Values } from '../../scripts/lib/command.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { dist } from '../../scripts/lib/paths.ts';
import { pretokenise } from '../../scripts/lib/pretokenise.ts';
import { VirtualTime } from '../../simulator/index.ts';
import { FakeIo } from '../scripts/host.ts';
import type { Bell } from '../support/bell.ts';
import type { SimulatedHardware } from '../support/bell-on-board.ts';
import { portOf } from '../support/broker-port.ts';
import { mosquitto } from '../support/brokers.ts';
import type { MortalBroker } from '../support/brokers.ts';
import { forgetfulBroker } from '../support/forgetful-broker.ts';
import { images } from '../support/loader-bench.ts';
import { mortalAedes } from '../support/mortal-aedes.ts';
import { optional } from '../support/optional.ts';
import { Scene, simulated } from '../support/scene.ts';

const KEY = '0123456789abcdef'.repeat(4);
/** Time of the board that passes between two looks at what the command does, ms. */
const STEP = 250;

/** A bell on a simulated board whose time passes quickly, and `bell update` that runs beside it in real time. */
class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'bell-tool-'));
  io = new FakeIo();

  private constructor(
    readonly kind: Board,
    readonly bell: Bell & { hardware: SimulatedHardware },
    readonly scene: Scene<SimulatedHardware>,
    private readonly time: VirtualTime,
    private readonly url: string,
  ) {}

  static async start(
    context: TestContext, kind: Board, start: () => Promise<MortalBroker> = mortalAedes, key = KEY,
  ): Promise<Bench> {
    const time = new VirtualTime();
    const broker = await start();
    const { url, close } = await portOf(broker);
    const scene = new Scene<SimulatedHardware>(broker, time);
    const bell = await scene.bell(simulated(kind, time), { update: { key } });
    const bench = new Bench(kind, bell, scene, time, url);
    writeFileSync(join(bench.folder, 'bell.keys.json'), JSON.stringify({ fleet: KEY }), { mode: 0o600 });
    context.after(async () => {
      await scene.end();
      await close();
      await broker.stop();
      rmSync(bench.folder, { recursive: true, force: true });
    });
    await bell.start();
    return bench;
  }

  /** The bundle that was built, under another version; or any other code. */
  image(version: string, code?: string): string {
    const built = readFileSync(join(dist, `${this.kind.id}.js`), 'latin1');
    const own = /"(\d+\.\d+\.\d+)"/.exec(built)![1]!;
    const text = code ?? built.replaceAll(`"${own}"`, `"${version}"`);
    writeFileSync(join(this.folder, `${version}.image`), makeImage(this.kind, pretokenise(text), version));
    return join(this.folder, `${version}.image`);
  }

  /** What the bell has told about itself last. */
  told(): Record<string, unknown> {
    return JSON.parse(this.bell.said.findLast(({ verb }) => verb === 'info')!.payload) as Record<string, unknown>;
  }

  /** What the bell tells about itself now. */
  info(): Promise<Record<string, unknown>> {
    this.bell.forget();
    return this.bell.info();
  }

  /** Runs the command while the time of the board passes. */
  async update(values: Values): Promise<{ end: number; out: string }> {
    const { folder } = this;
    const io = new (class extends FakeIo {
      override readonly cwd: string = folder;
    })();
    this.io = io;
    const all = { broker: this.url, prefix: this.scene.prefix, ...values };
    const end = await this.during(command.run(all, [this.bell.id], io));
    return { end, out: io.stdout };
  }

  async during<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const over = (): void => void (isDone = true);
    work.then(over, over);
    while (!isDone) {
      await this.time.advance(STEP);
      await new Promise((done) => setTimeout(done, 10));
    }
    return work;
  }
}

/** A broker that keeps nothing of what is retained. */
async function forgetful(): Promise<MortalBroker> {
  const { url, close } = await forgetfulBroker();
  const port = Number(new URL(url).port);
  const nothing = () => Promise.resolve();
  return { maxQos: 2, connect: () => connect(port, '127.0.0.1'), stop: close, kill: nothing, revive: nothing };
}

for (const kind of [d1Mini, esp32]) {
  test(`${kind.id}: takes a new version, rings meanwhile, and goes back when it is told to`, async (context) => {
    const bench = await Bench.start(context, kind);
    const { bell } = bench;
    const was = String((await bench.info())['version']);
    const running = bench.update({ image: bench.image('9.8.7') });
    const ringing = bench.io.seen(/front: receiving/).then(() => bell.send('ring', '{"id":"meanwhile"}'));
    const { end, out } = await running;
    await ringing;
    assert.equal(end, 0, out);
    assert.match(out, new RegExp(`^front runs 9\\.8\\.7 \\(was ${was}\\), confirmed after \\d+ s\\.\n$`));
    const info = await bench.info();
    assert.deepEqual([info['version'], info['slot']], ['9.8.7', 1]);
    assert.ok(bell.outcomes().includes('meanwhile rung'), bell.outcomes().join());
    const back = await bench.update({ rollback: true });
    assert.equal(back.end, 0, back.out);
    assert.match(back.out, new RegExp(`^front runs ${was} \\(was 9\\.8\\.7\\)`));
    assert.equal((await bench.info())['version'], was);
  });

  test(`${kind.id}: an image that throws is undone, and the command says so`, async (context) => {
    const bench = await Bench.start(context, kind);
    const { end, out } = await bench.update({ image: bench.image('9.8.7', images.throws) });
    assert.equal(end, 1);
    assert.match(out, /^front tried 9\.8\.7 and went back by itself: .*stopped with an error\. It runs /);
    await bench.bell.ring('{"id":"x"}');
    bench.bell.sounded([200]);
  });

  test(`${kind.id}: changes its key, and takes the next image under the new one`, async (context) => {
    const bench = await Bench.start(context, kind);
    const change = await bench.update({ 'new-key': true });
    assert.equal(change.end, 0, change.out);
    const text = readFileSync(join(bench.folder, 'bell.keys.json'), 'utf8');
    const keys = JSON.parse(text) as { devices: { front: string } };
    assert.notEqual(keys.devices.front, KEY);
    const { end, out } = await bench.update({ image: bench.image('9.8.7') });
    assert.equal(end, 0, out);
    assert.ok(!JSON.stringify(await bench.info()).includes(keys.devices.front));
  });
}

test('with another key nothing is written, and the command says what to do', async (context) => {
  const bench = await Bench.start(context, d1Mini, mortalAedes, 'fedcba9876543210'.repeat(4));
  const { end, out } = await bench.update({ image: bench.image('9.8.7') });
  assert.equal(end, 1);
  assert.match(out, /^front refused it: wrong key\. It still runs /);
});

test('without a key it takes no updates', async (context) => {
  const bench = await Bench.start(context, d1Mini, mortalAedes, '');
  const { out } = await bench.update({ image: bench.image('9.8.7') });
  assert.match(out, /^front refused it: this device has no key\..* bell key, and those onto it over USB/);
});

test('a broker that keeps nothing: chunks come directly', async (context) => {
  const bench = await Bench.start(context, d1Mini, forgetful);
  const { end, out } = await bench.update({ image: bench.image('9.8.7') });
  assert.match(bench.io.stderr, /This broker keeps no messages/);
  assert.equal(end, 0, out);
  // What it has told by itself: an answer to `who` was lost now and then between this broker and who listens.
  assert.equal(bench.told()['version'], '9.8.7');
});

const program = optional('mosquitto');

test('with Mosquitto in between', { skip: program.skip }, async (context) => {
  const bench = await Bench.start(context, d1Mini, () => mosquitto(program.path!));
  const { end, out } = await bench.update({ image: bench.image('9.8.7') });
  assert.equal(end, 0, out);
  assert.equal((await bench.info())['version'], '9.8.7');
});
