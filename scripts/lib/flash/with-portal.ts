import type { Board } from '../../../boards/board.ts';
import { longestPassword, type Settings } from '../../../firmware/core/config.ts';
import { fill } from '../../../firmware/core/settings/fill.ts';
import { idOf } from './id-of.ts';
import { withPortalPassword } from './portal-password.ts';

/** A device that settings are for: what it had before. */
interface Before {
  readonly board: Board;
  readonly mac: string;
  readonly known: Settings | undefined;
}

/**
 * The settings to write so that a device has a password for its access point, also one that has no other settings;
 * undefined when nothing changes. A new one is told before it is written: whoever pulls the cable then has seen it.
 */
export function withPortal(
  given: Settings | undefined, device: Before, tell: (name: string, password: string) => void,
): Settings | undefined {
  const its = given ?? completed(device);
  if (!its) return undefined;
  const { settings: all, isNew } = withPortalPassword(its, device.known);
  if (isNew) tell(idOf(all, device.mac), all.portal.password);
  return given || isNew ? all : undefined;
}

/** The settings that a device has, with a default for what is missing; undefined when they are not as usual. */
function completed({ board, known }: Before): Settings | undefined {
  const limits = { strokeMs: board.maxStrokeMs, password: longestPassword(board.chip) };
  let isUsual = true;
  const settings = fill(structuredClone(known) ?? {}, limits, () => { isUsual = false; });
  return isUsual ? settings : undefined;
}
