/**
 * The program of the access point with a form, in a file of Storage that it shares with `settle.ts` and `adopt.ts`. An
 * image that has had no network for a while has a timer evaluate it (docs/portal.md). It decides whether the access
 * point opens, and is gone from memory when it has closed.
 */
import { PORTAL } from './core/layout.ts';
import type { Lonely } from './core/portal/asked.ts';
import { ADDRESS } from './core/portal/page.ts';
import { createPortal } from './core/portal/portal.ts';
import type { Portal } from './core/portal/portal.ts';
import { timesOf } from './core/portal/when.ts';
import { closeAccessPoint, lead, openAccessPoint, pauseStation, scanNetworks, serve } from './hal/access-point.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';
import { digest } from './hal/digest.ts';
import { restart } from './hal/restart.ts';

/** Bytes of a digest, as text, that a form carries to show that it is ours. */
const TOKEN = 8;

/** What is taken from the settings at the beginning. There must be no function in here: the build would splice it. */
function outset(lonely: Lonely) {
  const mqtt = lonely.load('mqtt');
  const portal = lonely.load('portal');
  const wifi = lonely.load('wifi');
  const times = timesOf(wifi.length, portal.afterS, lonely.alone);
  const known: string[] = [];
  for (let i = 0; i < wifi.length; i++) known.push(wifi[i]!.ssid);
  return {
    name: lonely.load('id'), password: portal.password, host: mqtt.host, port: mqtt.port, known,
    open: times.open, again: times.again,
  };
}

/** A secret that only a page of ours has: who does not know the password cannot guess it. */
function tokenOf(password: string): string {
  const bytes = digest(password + ' form');
  let token = '';
  for (let i = 0; i < TOKEN; i++) token += (256 + bytes.charCodeAt(i)).toString(16).substr(1);
  return token;
}

const lonely = takeAsked() as unknown as Lonely;
const its = outset(lonely);
let leave = () => {};

// At the outermost level, though it may not be needed: a function inside of another one costs twice as much.
const portal: Portal = createPortal({
  lonely,
  name: its.name,
  host: its.host,
  port: its.port,
  known: its.known,
  token: () => tokenOf(its.password),
  seconds: its.open,
  scan: scanNetworks,
  open: () => {
    print('Access point ' + its.name + ', password ' + its.password + ', http://' + ADDRESS);
    openAccessPoint(its.name, its.password);
  },
  close: () => {
    closeAccessPoint();
    print('Access point closed');
  },
  serve: () => {
    leave = serve(portal.visits);
  },
  lead: (link) => lead(link, portal.visits),
  leave: () => leave(),
  pause: pauseStation,
  isExclusive: BOARD.chip !== 'esp8266',
  soon: (callback) => setTimeout(callback, 1),
  settle: () => ask(PORTAL, lonely),
  restart,
});

const second = () => {
  if (portal.tick()) setTimeout(second, 1000);
};

if (its.again && !lonely.form) lonely.again(its.again);
if (its.open || lonely.form) {
  if (its.password.length < 8) print('No access point: portal.password is missing. Run bell provision.');
  else setTimeout(second, 1);
}
