import type { Told } from './crew-process.ts';
import type { Counts } from './observer.ts';
import type { BellRow, ToolResult } from './tool.ts';

/** What is tried. */
export interface Plan {
  readonly bells: number;
  /** Where Mosquitto is. */
  readonly mosquitto: string;
  /** Whether the broker is killed in the last stage, and forgets everything. */
  readonly isKilled: boolean;
  /** Whether the update waits until every bell has run for a minute, as bells have that hang on a wall. */
  readonly isSettled: boolean;
  /** How many times faster than real time the bells live; 1 if not given. */
  readonly speed?: number;
  said(line: string): void;
}

/** One stretch of a roll-out. */
export interface Stretch {
  readonly name: string;
  /** Bells that were asked in it. */
  readonly bells: number;
  readonly s: number;
  readonly counts: Counts;
}

/** What has come of it. */
export interface Outcome {
  readonly exitCode: number;
  readonly rows: readonly BellRow[];
  /** The bell whose flash takes nothing, and the one that was off for a while. */
  readonly broken: string;
  readonly away: string;
  readonly stretches: readonly Stretch[];
  /** What bells have said, and how often. */
  readonly said: ReadonlyMap<string, number>;
  readonly busiest: number;
  readonly tool: Pick<ToolResult, 'cpuS' | 'bytes'>;
  readonly boards: Pick<Told, 'cpuS' | 'bytes' | 'restarts'>;
  /** Bytes of MQTT that bells have sent and received since the update began. */
  readonly sent: number;
  readonly received: number;
  /** Connections that bells have asked for since the update began, and the most in one second. */
  readonly dials: number;
  readonly mostDials: number;
  /** After the broker was killed: seconds until the last bell was back, and the most connections in a second. */
  readonly storm?: { readonly backS: number; readonly mostAnswers: number; readonly dials: number };
}

/** What is not as it has to be; '' when all is: every bell runs the new version, but for the one that cannot. */
export function faultOf({ exitCode, rows, broken, away, storm }: Outcome, { bells, isKilled }: Plan): string {
  const wrong = rows.filter(({ bell, state }) => (bell === broken ? state !== 'refused' : state !== 'done'));
  const [first] = wrong;
  if (rows.length !== bells) return `${rows.length} of ${bells} bells took part`;
  if (first) return `${wrong.length} bells are not as they should be: ${first.bell} ${first.state} ${first.reason}`;
  if (exitCode !== 1) return `it ended with ${exitCode} although ${broken} has failed`;
  if (!rows.some(({ bell }) => bell === away)) return `${away} was forgotten`;
  return isKilled && !storm ? 'the broker was not killed' : '';
}
