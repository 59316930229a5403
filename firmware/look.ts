/**
 * The first program of the access point with a form, in a file of Storage that it shares with `portal.ts`, `settle.ts`
 * and `adopt.ts`. An image that has had no network for a while has a timer evaluate it (docs/portal.md). It decides
 * whether the access point opens, and looks for networks while nothing else is in memory.
 */
import { PORTAL } from './core/layout.ts';
import { SERVE } from './core/portal/asked.ts';
import type { Around, Lonely } from './core/portal/asked.ts';
import { createLook } from './core/portal/look.ts';
import { ADDRESS } from './core/portal/page.ts';
import { timesOf } from './core/portal/when.ts';
import { openAccessPoint, pauseStation, scanNetworks } from './hal/access-point.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';
import { restart } from './hal/restart.ts';

/** Where the access point begins. There must be no function in here: the build would splice it. */
function beginning(lonely: Lonely): Around {
  const portal = lonely.load('portal');
  const times = timesOf(lonely.load('wifi').length, portal.afterS, lonely.alone);
  if (times.again) lonely.again(times.again);
  if (times.open && portal.password.length < 8) {
    print('No access point: portal.password is missing. Run bell provision.');
    times.open = 0;
  }
  return { nets: '', list: 0, home: 0, left: times.open, care: 0, task: SERVE };
}

/** Opens the access point, and says so: the settings are read only now, and not while networks are in memory. */
function open(lonely: Lonely): void {
  const name = lonely.load('id');
  const password = lonely.load('portal').password;
  print('Access point ' + name + ', password ' + password + ', http://' + ADDRESS);
  openAccessPoint(name, password);
}

const lonely = takeAsked() as unknown as Lonely;
const isOpen = lonely.around !== undefined;
const around = lonely.around || beginning(lonely);

// At the outermost level, though it may not be needed: a function inside of another one costs twice as much.
const look = createLook({
  lonely,
  around,
  isOpen,
  scan: scanNetworks,
  open: () => open(lonely),
  pause: pauseStation,
  isExclusive: BOARD.chip !== 'esp8266',
  next: () => ask(PORTAL, lonely),
  restart,
});

const second = () => {
  // First of all, so that an error in what follows costs one second and not all of them.
  const next = setTimeout(second, 1000);
  if (!look()) clearTimeout(next);
};

if (around.left || isOpen) setTimeout(second, 1);
