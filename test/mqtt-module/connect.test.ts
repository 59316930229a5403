import assert from 'node:assert/strict';
import test from 'node:test';
import { beds, ModuleBench } from '../support/bench-module.ts';

for (const bed of beds) {
  test(`connects and says goodbye (${bed.name})`, { skip: bed.skip }, async () => {
    const bench = await ModuleBench.run(bed, `
      var mqtt = client({ will: { topic: 'will', message: 'gone' } });
      mqtt.on('connected', function() { say('now', mqtt.connected); mqtt.disconnect(); });
      mqtt.on('disconnected', function() { say('then', mqtt.connected); });
      mqtt.connect();`);
    const wills: string[] = [];
    bench.broker.aedes.on('publish', ({ topic }) => wills.push(topic));
    await bench.all('connected false', 'connect false', 'now true', 'disconnected disconnected',
      'close disconnected', 'then false');
    assert.ok(!wills.includes('will'));
    assert.ok(!bench.running.lines.some((line) => line.startsWith('error')));
    await bench.stop();
  });
}
