import mqtt from 'mqtt';
import type { Outcome } from '../../firmware/core/bell/outcome.ts';
import { BELL } from './firmware.ts';
import { expect, fullQueue, online, oversize, reconnect, type Stage } from './scenarios.ts';
import { pass } from './seconds.ts';

const RING = `bell/${BELL}/ring`;

/**
 * Brings about every outcome of a ring once, and everything else that is counted. A counter is made when it is first
 * needed, and would look like something that grows. Leaves the settings as they were.
 */
export async function bringAboutEverything(stage: Stage): Promise<void> {
  await outcome(stage, 'rung', () => ring(stage, '10'));
  await outcome(stage, 'busy', () => ['900', '11'].forEach((payload) => ring(stage, payload)));
  await outcome(stage, 'stopped', () => stage.broker.publish(`bell/${BELL}/stop`, '', 1));
  // The relay has to settle for as long as a stroke may last.
  await outcome(stage, 'locked', () => ring(stage, '12'));
  await outcome(stage, 'invalid', () => ring(stage, 'nonsense'));
  await outcome(stage, 'duplicate', () => ['', ''].forEach(() => ring(stage, '{"id":"twice"}')));
  await outcome(stage, 'muted', () => ring(stage, '13'), '{"muted":true}');
  await set(stage, '{"muted":false}');
  await new Promise((done) => setTimeout(done, SETTLED));
  await outcome(stage, 'hot', () => ring(stage, '400'), '{"guard":{"heatMs":20}}');
  await set(stage, '{"guard":{"heatMs":600000}}');
  await keepRing(stage);
  await beLate(stage);
  // Skipped, and unreported.
  await oversize(stage);
  await fullQueue(stage);
  await reconnect(stage);
  const said = online(stage);
  stage.broker.publish(`bell/${BELL}/who`, '', 1);
  await said;
  const counted = expect(stage, 'stats', () => true);
  await pass(stage, STATS_EVERY);
  await counted;
}

/** Longer than the relay settles, ms. */
const SETTLED = 1500;
/** Seconds from one report to the next: the default. */
const STATS_EVERY = 300;

function ring({ broker }: Stage, payload: string): void {
  broker.publish(RING, payload, 1);
}

async function outcome(stage: Stage, wanted: Outcome, act: () => void, settings?: string): Promise<void> {
  if (settings) await set(stage, settings);
  const said = expect(stage, 'rang', (text) => text.includes(`"${wanted}"`));
  act();
  await said;
}

async function set(stage: Stage, settings: string): Promise<void> {
  const said = online(stage);
  stage.broker.publish(`bell/${BELL}/set`, settings, 1);
  await said;
}

/** A ring that the broker keeps meets the bell when it subscribes: another client has made the broker forget it. */
async function keepRing(stage: Stage): Promise<void> {
  stage.broker.retain(RING, Buffer.from('14'));
  const said = expect(stage, 'rang', (text) => text.includes('"retained"'));
  const other = await mqtt.connectAsync(`mqtt://127.0.0.1:${stage.broker.port}`, { clientId: BELL, clean: true });
  await other.endAsync();
  await said;
  stage.broker.retain(RING, Buffer.alloc(0));
}

/** A ring waits in the stored session for longer than it lives. */
async function beLate(stage: Stage): Promise<void> {
  const said = expect(stage, 'rang', (text) => text.includes('"stale"'));
  stage.broker.shape.refuse = true;
  stage.broker.cut();
  ring(stage, '{"id":"late","ttl":1}');
  await pass(stage, 5);
  stage.broker.shape.refuse = false;
  await said;
}
