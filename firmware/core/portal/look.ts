import { LEAVE, LOOK, SERVE } from './asked.ts';
import type { Around, Lonely } from './asked.ts';
import { hasName, strongest, withName } from './names.ts';

/** Seconds that a scan may take. */
const SCAN = 10;

/** What is needed to look for networks. */
export interface LookParts {
  readonly lonely: Lonely;
  /** The access point that is open, or is to be opened. */
  readonly around: Around;
  /** Whether the access point is open. */
  readonly isOpen: boolean;
  /** Looks for networks (`gather`). `found` may never be called. Throws while it looks already. */
  scan(found: (all: string) => void): void;
  /** Opens the access point. */
  open(): void;
  /** The station stops trying, so that the radio is free. */
  pause(): void;
  /** Whether the station cannot go on while the access point is open, and begins again only behind a scan. */
  readonly isExclusive: boolean;
  /** Runs the program that serves the form, once this one is out of memory. */
  next(): void;
  restart(): void;
}

/**
 * Looks for networks, then opens the access point, has the form served, or has the station begin again. A scan gives
 * all networks at once, which takes more memory than everything else: so it is done while nothing else is there.
 * Nothing that changes the radio's mode, which writes to flash, happens while the bell sounds. Gives what is called
 * each second, and says whether it goes on.
 */
export function createLook(parts: LookParts): () => boolean {
  const lonely = parts.lonely;
  const around = parts.around;
  // Seconds until it goes on, 0 before it begins; whether anything was found.
  let left = 0;
  let isBack = 0;

  const found = (all: string) => {
    const ours = lonely.load('wifi');
    const isHome = ours.some((network) => hasName(all, network.ssid)) ? 1 : 0;
    left = isBack = 1;
    // One whose password has changed is there all the time, and must not close the access point.
    if (around.task === LOOK && parts.isExclusive && !around.care && isHome && !around.home) around.left = 1;
    around.home = isHome;
    around.nets = strongest(all);
    if (ours[0]) around.nets = withName(around.nets, ours[0].ssid);
    around.list++;
  };

  const begin = () => {
    left = SCAN;
    if (!parts.isOpen && around.task === SERVE) {
      parts.pause();
      lonely.rest(SCAN + 2);
    }
    try {
      parts.scan(found);
    } catch {
      // One is under way already.
    }
  };

  const open = () => {
    parts.open();
    if (parts.isExclusive && around.left > 0) lonely.rest(around.left);
  };

  const goOn = () => {
    if (around.task === LEAVE) return isBack ? lonely.rest(0) : parts.restart();
    if (!parts.isOpen) open();
    lonely.around = around;
    around.task = SERVE;
    parts.next();
  };

  return () => {
    if (lonely.sounding()) return true;
    if (lonely.up() && !parts.isOpen && around.task === SERVE) return false;
    if (!left) begin();
    else if (!--left) {
      goOn();
      return false;
    }
    return true;
  };
}
