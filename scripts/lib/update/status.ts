/** What a device says about an update on `<prefix>/<id>/update/status`. */
export interface Report {
  readonly state: State;
  /** Serial of the manifest that it speaks of; a refusal may lack it. */
  readonly serial?: number;
  /** Version that the manifest is for. */
  readonly version?: string;
  /** Version that runs. */
  readonly runs?: string;
  readonly reason?: string;
  /** Chunks that are in flash, of how many. */
  readonly have?: number;
  readonly of?: number;
  /** The chunk that does not come. */
  readonly want?: number;
}

/** Every state that a device reports. */
export const STATES = [
  'refused', 'receiving', 'trial', 'confirmed', 'rolled back', 'failed', 'key changed', 'current',
] as const;
export type State = typeof STATES[number];

const NUMBERS = ['serial', 'have', 'of', 'want'] as const;
const TEXTS = ['version', 'runs', 'reason'] as const;
/** Longest text that is believed; anybody who may publish can write anything. */
const LONGEST = 200;

/** Reads a report; undefined when it is none. What it says is kept only where it has the right shape. */
export function readReport(payload: string): Report | undefined {
  const said = parse(payload);
  const state = STATES.find((known) => known === said?.['state']);
  if (!said || !state) return undefined;
  const report: Record<string, unknown> = { state };
  for (const name of NUMBERS) if (isCount(said[name])) report[name] = said[name];
  for (const name of TEXTS) if (typeof said[name] === 'string') report[name] = printable(said[name]);
  return report as unknown as Report;
}

/** What a device says about itself in `info`, as far as an update needs it. */
export interface Info {
  readonly id: string;
  readonly version: string;
  readonly board: string;
  readonly names: readonly string[];
}

/** Reads an `info`; undefined when it is none, such as that of safe mode. */
export function readInfo(id: string, payload: string): Info | undefined {
  const said = parse(payload);
  const { version, board, names } = said ?? {};
  if (typeof version !== 'string' || typeof board !== 'string' || !Array.isArray(names)) return undefined;
  return { id, version: printable(version), board: printable(board), names: names.map(String) };
}

function parse(payload: string): Record<string, unknown> | undefined {
  try {
    const said: unknown = JSON.parse(payload);
    return typeof said === 'object' && said !== null ? said as Record<string, unknown> : undefined;
  } catch {
    return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0;
}

/** It goes to a terminal: without escape codes. */
function printable(text: string): string {
  return text.slice(0, LONGEST).replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}
