import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IPublishPacket } from 'mqtt-packet';
import d1Mini from '../../boards/d1-mini.ts';
import { makeKey } from '../../scripts/lib/update/keys.ts';
import { manifestToGoBack, manifestToRun } from '../../scripts/lib/update/manifest-bytes.ts';
import { describePacket } from '../../workshop/describe-packet.ts';

const shown = (topic: string, payload: Buffer | string) => {
  const packet: IPublishPacket = { cmd: 'publish', topic, payload, qos: 1, retain: true, dup: false };
  return describePacket(packet).payload!;
};

test('of a chunk of an image only the beginning is shown, and how long it is', () => {
  assert.equal(shown('bell/image/2c97089884991d41/7', 'a'.repeat(512)), `${'a'.repeat(48)}… (512 bytes)`);
});

test('of a manifest its line is shown, and how much of it is none', () => {
  const key = makeKey();
  const image = { name: '2c97089884991d41', board: d1Mini, version: '1.0.1', bytes: Buffer.alloc(1024) };
  const text = shown('bell/front/update', manifestToRun('front', image, 7, false, key));
  assert.match(text, /^\[HMAC of 20 bytes\] \{"serial":7,"to":"front","do":"run",.*\} \[2 hashes of chunks\]$/);
  assert.match(shown('bell/front/update', manifestToGoBack('front', d1Mini, 8, key)), /"do":"back"\} \[0 hashes/);
});

test('what is no manifest is shown like any payload', () => {
  assert.equal(shown('bell/front/update', 'hello'), 'hello');
  assert.equal(shown('bell/front/update', ''), '');
  assert.equal(shown('bell/front/ring', '{"pattern":1}\n'), '{"pattern":1}\n');
});
