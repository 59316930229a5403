import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { NAME, TOPIC } from '../../../firmware/core/config.ts';
import { isTopicFilter, isTopicName } from '../../../firmware/core/mqtt/topic.ts';
import { fits } from '../../../firmware/core/settings/check.ts';
import { filtersOf } from '../../../firmware/core/topics.ts';
import { create } from '../../../firmware/mqtt-module.ts';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.stringMatching(/^[a-z0-9/_-]{1,12}$/));

test('[MQTT-3.3.2-2] [MQTT-4.7.1-1] whatever prefix and name the settings may have, they make topic names', () => {
  fc.assert(
    fc.property(text, text, (prefix, name) => {
      fc.pre(fits(TOPIC, prefix, 1, 64) && fits(NAME, name, 1, 32));
      assert.ok(isTopicName(`${prefix}/${name}/status`));
      const filters = filtersOf(prefix, [name, name, 'all'], 1, 1).filter((item) => typeof item === 'string');
      assert.ok(filters.every((filter) => isTopicFilter(filter) && isTopicName(filter)));
    }),
    { numRuns: 500 },
  );
});

test('[MQTT-4.7.3-1] [MQTT-4.7.3-2] [MQTT-4.7.3-3] the module refuses a topic or filter that is none', () => {
  Object.assign(globalThis, { getTime: () => 0 });
  const client = create('localhost', { client_id: 'x' });
  ['', 'a\0b', 'x'.repeat(65_536), 'a/#/b', 'a+'].forEach((bad) => {
    assert.throws(() => client.publish(bad, 'x'), /Not a topic name/);
    assert.throws(() => client.subscribe(bad), /Not a topic filter/);
    assert.throws(() => client.unsubscribe([bad]), /Not a topic filter/);
  });
  assert.throws(() => client.publish('a/+/b', 'x'), /Not a topic name/);
});
