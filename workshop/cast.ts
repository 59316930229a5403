import type { Board } from '../boards/board.ts';
import d1Mini from '../boards/d1-mini.ts';
import nodemcu from '../boards/nodemcu.ts';

/** One device of the workshop: the board that is simulated, and the settings that it is flashed with. */
export interface Role {
  readonly id: string;
  readonly groups: readonly string[];
  readonly board: Board;
  readonly mac: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Short, so that the broker notices a pulled plug while one is still looking: after one and a half of it. */
const KEEP_ALIVE = 5;

/** Two bells of one house, and the button at its door that rings the first of them. */
export const CAST: readonly Role[] = [
  role('front', ['house'], d1Mini, '5c:cf:7f:00:be:11', {}),
  role('back', ['house'], d1Mini, '5c:cf:7f:00:be:12', { ring: { pattern: '150,100,150' } }),
  role('door', [], nodemcu, '5c:cf:7f:00:be:13', { button: { rings: ['front'] } }),
];

function role(id: string, groups: string[], board: Board, mac: string, special: object): Role {
  const { ring, ...others } = special as { ring?: object };
  const settings = {
    version: 1,
    id,
    groups,
    wifi: [{ ssid: 'workshop', password: 'no secret' }],
    mqtt: { host: 'broker', port: 1883, keepAlive: KEEP_ALIVE },
    ring: { patterns: { double: '150,150,150' }, ...ring },
    ...others,
  };
  return { id, groups, board, mac, settings };
}

/** Names of the devices that the button of this role rings. */
export function ringsOf({ settings }: Role): readonly string[] {
  return (settings.button as { rings?: readonly string[] } | undefined)?.rings ?? [];
}
