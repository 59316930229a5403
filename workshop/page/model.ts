import type { Addresses, DeviceState, Pushing, ServerMessage, WireRow } from '../messages.ts';

/** Rows of the wire list that the page keeps. */
export const ROWS_KEPT = 500;

/** All that the page knows. Never changed in place. */
export interface Model {
  readonly connected: boolean;
  readonly addresses?: Addresses;
  readonly devices: readonly DeviceState[];
  /** When something happens to the update of a device by itself, by the page's clock; by id. */
  readonly dueAt: Readonly<Record<string, number>>;
  /** Absent where nothing can be pushed. */
  readonly pushing?: Pushing;
  /** Newest first. */
  readonly wire: readonly WireRow[];
}

export const EMPTY: Model = { connected: false, devices: [], dueAt: {}, wire: [] };

/** The model after a message of the server, which came at `now` by the page's clock, ms. */
export function receive(model: Model, message: ServerMessage, now: number): Model {
  switch (message.type) {
    case 'hello': return {
      connected: true,
      addresses: message.addresses,
      devices: message.devices,
      dueAt: Object.fromEntries(message.devices.map((device) => [device.id, dueAt(device, now)])),
      ...(message.pushing ? { pushing: message.pushing } : {}),
      wire: newestFirst([], message.wire),
    };
    case 'device': return {
      ...replace(model, message.device.id, () => message.device),
      dueAt: { ...model.dueAt, [message.device.id]: dueAt(message.device, now) },
    };
    case 'pushing': return { ...model, pushing: message.pushing };
    case 'stroke': return replace(model, message.device, (device) => struck(device, message.on));
    case 'wire': return { ...model, wire: newestFirst(model.wire, message.rows) };
  }
}

/** What the page knows stays on it while the server is away, marked as old. */
export function disconnected(model: Model): Model {
  return { ...model, connected: false };
}

function dueAt({ dueMs }: DeviceState, now: number): number {
  return dueMs === undefined ? 0 : now + dueMs;
}

function replace(model: Model, id: string, change: (device: DeviceState) => DeviceState): Model {
  return { ...model, devices: model.devices.map((device) => (device.id === id ? change(device) : device)) };
}

function struck(device: DeviceState, on: boolean): DeviceState {
  const strokes = device.relay.strokes + (on ? 1 : 0);
  return { ...device, relay: { ...device.relay, on, strokes } };
}

function newestFirst(wire: readonly WireRow[], rows: readonly WireRow[]): readonly WireRow[] {
  return [...rows].reverse().concat(wire).slice(0, ROWS_KEPT);
}
