import type { DeviceState, Outcome } from './messages.ts';

/** What a device has said about itself over MQTT. */
export type Said = Pick<DeviceState, 'status' | 'rang' | 'info'>;

/**
 * What is known of the device `id` after this message; `said` itself when the message says nothing new about it.
 * `at` is Unix time, ms.
 */
export function learn(said: Said, prefix: string, id: string, topic: string, payload: string, at: number): Said {
  switch (topic) {
    case `${prefix}/${id}/status`: return { ...said, status: payload };
    case `${prefix}/${id}/info`: return { ...said, info: readObject(payload) ?? said.info };
    case `${prefix}/${id}/rang`: return { ...said, rang: readOutcome(payload, at) ?? said.rang };
    default: return said;
  }
}

function readOutcome(payload: string, at: number): Outcome | undefined {
  const read = readObject(payload);
  if (!read || typeof read.outcome !== 'string') return undefined;
  const { outcome, reason } = read;
  return {
    outcome,
    at,
    ...(read.id === undefined ? {} : { id: String(read.id) }),
    ...(typeof reason === 'string' && reason ? { reason } : {}),
    ...(typeof read.ms === 'number' ? { ms: read.ms } : {}),
  };
}

/** A payload as a JSON object; undefined when it is none. */
export function readObject(payload: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(payload);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
