import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import linux from '../../boards/linux.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { images } from '../support/loader-bench.ts';
import { FASTER, mortalBell, needed } from '../support/mortal-bell.ts';
import type { MortalBell } from '../support/mortal-bell.ts';
import { versioned } from '../support/versioned.ts';

/** Variables of an ESP8266. An interpreter whose memory grows has more of them, and cannot run out. */
const VARIABLES = 1600;

/** Connects, and so many ms after its start takes every variable there is. */
const hungry = (ms: number) => `setTimeout(function(){global.hog=[];while(1)hog.push("more than one variable")},${ms})`;

interface Bad {
  readonly what: string;
  /** Whether it wants an interpreter whose memory has an end. */
  readonly isHungry?: true;
  readonly image: (version: string) => Buffer;
  /** Why the loader has undone it, and how often it had started it. */
  readonly why: RegExp;
  readonly starts: number;
  /** What happens to it meanwhile. */
  readonly meanwhile?: (mortal: MortalBell) => Promise<void>;
}

const plain = (code: string) => (version: string) => makeImage(linux, code, version);

/** Espruino for Linux has no watchdog: here somebody else ends what never returns. */
async function bite({ bell, scene }: MortalBell): Promise<void> {
  const starts = () => bell.hardware.lines.filter((line) => line.startsWith('endless')).length;
  for (let bites = 1; bites <= 3; bites++) {
    await scene.waiting.until('an endless loop', () => starts() === bites);
    await bell.hardware.unplug();
    bell.hardware.plug();
  }
}

const bads: Bad[] = [
  { what: 'throws at its first line', image: plain(images.throws), why: /stopped with an error/, starts: 1 },
  { what: 'loops for ever', image: plain(images.endless), why: /was never confirmed/, starts: 3, meanwhile: bite },
  { what: 'never connects', image: plain(images.silent), why: /was never confirmed/, starts: 3 },
  {
    what: 'connects and then runs out of memory', isHungry: true,
    image: (version) => versioned(linux, version, hungry(15_000)),
    why: /was never confirmed/, starts: 3,
  },
];

/** Skips a test that wants memory to end where it does not. */
async function hasEnd(context: TestContext, { bell, scene }: MortalBell): Promise<boolean> {
  bell.hardware.type('print("total",process.memory().total)');
  const total = () => Number(/^total (\d+)/.exec(bell.hardware.lines.find((line) => /^total /.test(line)) ?? '')?.[1]);
  await scene.waiting.until('its size', () => total() > 0);
  if (total() > VARIABLES) context.skip(`this interpreter has ${total()} variables, and more when it wants`);
  return total() <= VARIABLES;
}

for (const { what, image, why, starts, meanwhile, isHungry } of bads) {
  test(`the interpreter undoes an image by itself that ${what}, and takes the next`, needed, async (context) => {
    const mortal = await mortalBell(context);
    const { bell, pusher } = mortal;
    if (isHungry && !await hasEnd(context, mortal)) return;
    const bad = image('2.0.1');
    await pusher.publish(bad);
    await pusher.order(bad, { version: '2.0.1' });
    await pusher.says(['trial']);
    const begun = Date.now();
    await meanwhile?.(mortal);
    const { reason, runs } = await pusher.says(['rolled back']);
    const seconds = Math.round((Date.now() - begun) / 1000);
    assert.match(reason!, why);
    assert.equal(runs, '1.0.0');
    // One restart into each start on trial, and one out of the last.
    const restarts = bell.hardware.restarts + (meanwhile ? 3 : 0);
    assert.equal(restarts, starts + 1);
    context.diagnostic(`said after ${seconds} s, which stand for ${Math.ceil(seconds * FASTER / 60)} minutes`);
    const good = versioned(linux, '2.0.2');
    await pusher.publish(good);
    await pusher.order(good, { version: '2.0.2' });
    assert.equal((await pusher.says(['confirmed'])).runs, '2.0.2');
    bell.sounded([]);
  });
}

test('the interpreter restarts an image at home that has run out of memory for good', needed, async (context) => {
  const mortal = await mortalBell(context);
  if (!await hasEnd(context, mortal)) return;
  const { bell, pusher, scene } = mortal;
  const image = versioned(linux, '2.0.1', hungry(90_000));
  await pusher.publish(image);
  await pusher.order(image, { version: '2.0.1' });
  await pusher.says(['confirmed']);
  const { restarts } = bell.hardware;
  bell.forget();
  await scene.waiting.until('a restart', () => bell.hardware.restarts > restarts);
  await bell.online();
  assert.equal((await bell.info())['version'], '2.0.1');
});
