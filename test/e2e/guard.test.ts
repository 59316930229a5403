import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import d1Mini from '../../boards/d1-mini.ts';
import esp32 from '../../boards/esp32-devkit.ts';
import type { RelayEdge } from '../support/bell.ts';
import { virtual } from '../support/virtual.ts';

const GUARD = { strokeMs: 300, heatMs: 2000, windowS: 10, lockoutMs: 100 };

const number = fc.integer({ min: 0, max: 500 });
const pattern = fc.oneof(
  fc.constantFrom('', '1', 'ring', 'OFF', 'door', '-1', '1e9', '0x10'),
  number.map(String),
  fc.array(number, { minLength: 1, maxLength: 12 }).map((all) => all.join(',')),
);
const id = fc.string({ maxLength: 3 });
const json = fc.record({ pattern, times: fc.integer({ min: 0, max: 20 }), gap: number, id });
const payload = fc.oneof(pattern, json.map((fields) => JSON.stringify(fields)), fc.string());

/** Something that happens to a bell. */
const event = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('ring' as const), payload, qos: fc.constantFrom(0, 1, 2) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('stop', 'cut', 'press', 'unplug') }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 4000 }) }) },
);

/** The most time that the relay was on in any window of the guard, ms. Such a window starts with a stroke. */
function hottest(relay: readonly RelayEdge[]): number {
  const strokes = relay.flatMap(({ on, ms }, i) => (on ? [[ms, relay[i + 1]?.ms ?? Infinity] as const] : []));
  const within = (from: number) => strokes.reduce((sum, [start, end]) => {
    return sum + Math.max(0, Math.min(end, from + GUARD.windowS * 1000) - Math.max(start, from));
  }, 0);
  return Math.max(0, ...strokes.map(([start]) => within(start)));
}

for (const kind of [d1Mini, esp32]) {
  for (const during of ['refuse', 'queue', 'restart']) {
    test(`${kind.id}: whatever comes, the relay stays within its guard and ends off (${during})`, async (context) => {
      await fc.assert(fc.asyncProperty(fc.array(event, { minLength: 5, maxLength: 40 }), async (events) => {
        const ring = { during, patterns: { door: '300,10,300' } };
        const { bell, time } = await virtual(context, kind, { guard: GUARD, ring });
        const { board } = bell.hardware;
        await bell.start();
        for (const each of events) {
          if (each.kind === 'wait') await time.advance(each.ms);
          else if (each.kind === 'ring') await bell.send('ring', each.payload, { qos: each.qos as 0 | 1 | 2 });
          else if (each.kind === 'stop') await bell.send('stop');
          else if (each.kind === 'press') board.press(kind.button.pin, 100, kind.button.pressed);
          else if (each.kind === 'cut') bell.hardware.network.cut();
          else board.unplug();
          board.plug();
        }
        await time.advance(60_000);
        assert.equal(board.level(kind.relay.pin), 1 - kind.relay.on);
        const strokes = bell.strokes();
        assert.ok(Math.max(0, ...strokes) <= GUARD.strokeMs, `${Math.max(...strokes)} ms`);
        const heat = hottest(bell.hardware.relay);
        // What a power cut has made the bell forget may be spent once more.
        const lives = 1 + events.filter((each) => each.kind === 'unplug').length;
        assert.ok(heat <= GUARD.heatMs * lives, `${heat} ms in a window`);
      }), { numRuns: 15 });
    });
  }
}
