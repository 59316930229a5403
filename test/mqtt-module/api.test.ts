import assert from 'node:assert/strict';
import test from 'node:test';
import { beds, ModuleBench } from '../support/bench-module.ts';

/** What the documentation of Espruino's own module names, and what its source calls public. */
const METHODS = ['connect', 'disconnect', 'publish', 'subscribe', 'unsubscribe', 'ping', 'on', 'emit'];

for (const bed of beds) {
  test(`has every name of Espruino's own module (${bed.name})`, { skip: bed.skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      say('module', typeof MQTT.create + ' ' + typeof MQTT.connect);
      var mqtt = MQTT.create('127.0.0.1');
      say('properties', mqtt.connected + ' ' + typeof mqtt.client_id);
      say('methods', ${JSON.stringify(METHODS)}.map(function(name) { return typeof mqtt[name]; }).join());
      mqtt.disconnect();
      mqtt.ping();
      say('quiet', mqtt.publish('a', 'b'));`);
    await bench.all('module function function', 'properties false string', 'quiet -1');
    const methods = await bench.line(/^methods/);
    assert.equal(methods, 'methods ' + METHODS.map(() => 'function').join());
  });
}
