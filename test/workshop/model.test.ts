import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DeviceState, ServerMessage, WireRow } from '../../workshop/messages.ts';
import { disconnected, EMPTY, receive as receiveAt, ROWS_KEPT } from '../../workshop/page/model.ts';
import type { Model } from '../../workshop/page/model.ts';

const FRONT: DeviceState = {
  id: 'front', groups: [], board: 'd1-mini', power: true, wifi: true,
  relay: { pin: 'D5', on: false, strokes: 0 }, status: 'online', speed: 1,
};
const HELLO = { type: 'hello', addresses: { host: '127.0.0.1', tcp: 1, http: 2 }, devices: [FRONT], wire: [] } as const;

const receive = (model: Model, message: ServerMessage, now = 0) => receiveAt(model, message, now);
const row = (n: number): WireRow => ({ n, at: n, client: 'front', from: 'client', type: 'PINGREQ', bytes: 2 });
const rows = (first: number, count: number) => Array.from({ length: count }, (_, index) => row(first + index));

test('a stroke moves the relay and counts once, its end only moves it back', () => {
  const on = receive(receive(EMPTY, HELLO), { type: 'stroke', device: 'front', on: true });
  assert.deepEqual(on.devices[0]?.relay, { pin: 'D5', on: true, strokes: 1 });
  const off = receive(on, { type: 'stroke', device: 'front', on: false });
  assert.deepEqual(off.devices[0]?.relay, { pin: 'D5', on: false, strokes: 1 });
});

test('the wire is kept newest first and never longer than its bound', () => {
  const full = receive(EMPTY, { type: 'wire', rows: rows(1, ROWS_KEPT) });
  const model = receive(full, { type: 'wire', rows: rows(501, 2) });
  assert.equal(model.wire.length, ROWS_KEPT);
  assert.deepEqual(model.wire.slice(0, 3).map(({ n }) => n), [502, 501, 500]);
});

test('what was known stays while the server is away, and its next hello replaces it', () => {
  const away = disconnected(receive(receive(EMPTY, HELLO), { type: 'wire', rows: rows(1, 3) }));
  assert.equal(away.connected, false);
  assert.equal(away.devices.length, 1);
  const back = receive(away, { ...HELLO, devices: [] });
  assert.deepEqual([back.connected, back.devices.length, back.wire.length], [true, 0, 0]);
});

test('a countdown begins when the device was heard, and ends with the next word of it that has none', () => {
  const due = receive(receive(EMPTY, HELLO, 100), { type: 'device', device: { ...FRONT, dueMs: 5000 } }, 2000);
  assert.equal(due.dueAt.front, 7000);
  assert.equal(receive(due, { type: 'device', device: FRONT }, 3000).dueAt.front, 0);
});

test('what is being pushed is known from the hello, and from each word of it', () => {
  const first = receive(EMPTY, { ...HELLO, pushing: { next: '1.0.1' } });
  assert.equal(first.pushing?.next, '1.0.1');
  assert.equal(receive(first, { type: 'pushing', pushing: { next: '1.0.2' } }).pushing?.next, '1.0.2');
});
