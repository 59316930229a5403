import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { ConsoleReader, encodePacket, packets, type Heard } from '../../../scripts/lib/console/packet.ts';

function hear(...chunks: (string | Uint8Array)[]): Heard[] {
  const heard: Heard[] = [];
  const reader = new ConsoleReader((what) => heard.push(what));
  for (const chunk of chunks) reader.push(typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk);
  return heard;
}

test('encodes the packets of Espruino\'s own example', () => {
  const file = encodePacket(packets.fileSend, Buffer.from('{"fn":"hello.txt","s":11}'));
  assert.deepEqual([...file.subarray(0, 4)], [0x10, 0x01, 0x60, 25]);
  const data = encodePacket(packets.data, Buffer.from('Hello World'));
  assert.equal(Buffer.from(data).toString('hex'), '1001800b48656c6c6f20576f726c64');
});

test('refuses a packet that its length cannot tell', () => {
  assert.throws(() => encodePacket(packets.data, new Uint8Array(8192)), RangeError);
});

test('hears answers, packets and lines between each other', () => {
  assert.deepEqual(hear('front\x06 rings\r\n\x10\x01\x00\x025x>\x1b[J\x15'), [
    { type: 'ack' }, { type: 'line', text: 'front rings' }, { type: 'response', text: '5x' }, { type: 'nak' },
  ]);
});

test('takes no prompt for a line', () => {
  assert.deepEqual(hear('>\r\n\x1b[J>Espruino 2v29 ESP8266_4MB\n'), [
    { type: 'line', text: 'Espruino 2v29 ESP8266_4MB' },
  ]);
});

test('hears the same however the bytes are cut', () => {
  const all = Buffer.from('a line\n\x06\x10\x01\x00\x03\x06\x15\x0arest\n\x15', 'latin1');
  const whole = hear(all);
  fc.assert(fc.property(fc.array(fc.nat({ max: all.length })), (cuts) => {
    const at = [0, ...cuts.sort((a, b) => a - b), all.length];
    assert.deepEqual(hear(...at.slice(1).map((end, index) => all.subarray(at[index], end))), whole);
  }));
});
