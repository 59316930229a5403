import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { Hub } from '../../workshop/hub.ts';
import type { DeviceState, ServerMessage } from '../../workshop/messages.ts';
import { EMPTY, receive } from '../../workshop/page/model.ts';

test('a page counts a stroke once, whatever else has changed about the device', (context) => {
  const relay = { pin: 'D5', on: false, strokes: 0 };
  const hello = { type: 'hello', devices: [{ id: 'front', relay: { ...relay } }], wire: [] };
  const hub = new Hub({
    hello: () => hello as unknown as ServerMessage,
    device: () => ({ id: 'front', relay: { ...relay } }) as DeviceState,
    asked: () => undefined,
  });
  context.after(() => hub.close());
  let model = EMPTY;
  const send = (text: string) => { model = receive(model, JSON.parse(text) as ServerMessage, 0); };
  hub.add(Object.assign(new EventEmitter(), { bufferedAmount: 0, send, terminate: () => undefined }) as never);
  hub.deviceChanged('front');
  Object.assign(relay, { on: true, strokes: 1 });
  hub.stroke('front', true);
  assert.deepEqual(model.devices[0]?.relay, { pin: 'D5', on: true, strokes: 1 });
});
