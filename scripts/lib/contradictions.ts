import type { Board } from '../../boards/board.ts';
import { parsePattern } from '../../firmware/core/bell/ring.ts';
import type { Settings } from '../../firmware/core/config.ts';

/** Something in settings that is right alone, but not together with the rest or with the board. */
export interface Contradiction {
  readonly path: string;
  readonly message: string;
  /** What is there; left out when nothing is, or a secret. */
  readonly value?: unknown;
}

/** Words that a ring understands before it looks for a pattern of that name. */
const RESERVED = ['ring', 'press', 'on', 'off'];

/** What is wrong with settings each of which is allowed. */
export function contradictions(settings: Settings, board: Board | undefined): Contradiction[] {
  return [
    ...ofNetwork(settings, board), ...ofNames(settings), ...ofPatterns(settings), ...ofClock(settings),
    ...ofKey(settings), ...ofPortal(settings), ...ofGuard(settings),
  ];
}

function* ofNetwork({ mqtt, wifi }: Settings, board: Board | undefined): Generator<Contradiction> {
  if (!mqtt.host) yield { path: 'mqtt.host', message: 'is missing: the name or address of the broker' };
  if (board && board.chip !== 'linux' && !wifi.length) {
    const message = 'is missing: without a network this board is never online; add {"ssid": "…", "password": "…"}';
    yield { path: 'wifi', message };
  }
  if (board && mqtt.tls && !board.tls) {
    const message = `must be false: ${board.id} has no TLS; see bell bridge`;
    yield { path: 'mqtt.tls', message, value: true };
  }
  if (mqtt.password && !mqtt.username) {
    yield { path: 'mqtt.password', message: 'needs mqtt.username: MQTT sends none without it' };
  }
}

function* ofClock({ ring, time }: Settings): Generator<Contradiction> {
  if (!ring.needsAt || time.server) return;
  yield { path: 'time.server', message: 'is missing: without a clock, ring.needsAt refuses every ring' };
}

function* ofGuard({ guard: { heatMs, windowS } }: Settings): Generator<Contradiction> {
  if (heatMs <= 1000 * windowS) return;
  yield { path: 'guard.heatMs', message: `is more than guard.windowS has: at most ${1000 * windowS}`, value: heatMs };
}

function* ofKey({ update }: Settings): Generator<Contradiction> {
  if (/^([0-9a-f]{64})?$/.test(update.key)) return;
  yield { path: 'update.key', message: 'must be 64 of 0-9 and a-f, or left out; bell key makes one' };
}

function* ofPortal({ portal }: Settings): Generator<Contradiction> {
  if (/^([ -~]{8,63})?$/.test(portal.password)) return;
  yield { path: 'portal.password', message: 'must be 8 to 63 ASCII characters, or left out; bell flash makes one' };
}

function* ofNames({ id, groups }: Settings): Generator<Contradiction> {
  const everybody = '"all": every device answers to it';
  if (id === 'all') yield { path: 'id', message: `must not be ${everybody}`, value: id };
  if (groups.includes('all')) yield { path: 'groups', message: `need not name ${everybody}` };
}

function* ofPatterns({ ring, guard, button }: Settings): Generator<Contradiction> {
  for (const [name, pattern] of Object.entries(ring.patterns)) {
    if (RESERVED.includes(name) || /^\d/.test(name)) {
      const message = `no ring can name "${name}": ${RESERVED.join(', ')} and digits mean something else`;
      yield { path: 'ring.patterns', message };
    }
    yield* ofPattern(`ring.patterns.${name}`, pattern, {}, guard.strokeMs);
  }
  yield* ofPattern('ring.pattern', ring.pattern, ring.patterns, guard.strokeMs);
  if (button.pattern) yield* ofPattern('button.pattern', button.pattern, ring.patterns, guard.strokeMs);
}

/** `text` is numbers, or one of the names in `named`. */
function* ofPattern(
  path: string, text: string, named: Record<string, string>, strokeMs: number,
): Generator<Contradiction> {
  if (/^\d/.test(text)) {
    const strokes = parsePattern(text, strokeMs);
    if (typeof strokes === 'string') yield { path, message: strokes, value: text };
  } else if (!Object.hasOwn(named, text)) {
    yield { path, message: `there is no pattern "${text}" in ring.patterns`, value: text };
  }
}
