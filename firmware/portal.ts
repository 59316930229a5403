/**
 * The second program of the access point: it shows the form, hands over one that was sent, and closes the access point
 * when its time is over. It is gone from memory then.
 */
import { PORTAL } from './core/layout.ts';
import type { Around, Lonely } from './core/portal/asked.ts';
import { createPortal } from './core/portal/portal.ts';
import { closeAccessPoint, deafen, listen, pauseStation, serve } from './hal/access-point.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';
import { digest } from './hal/digest.ts';

/** Bytes of a digest, as text, that a form carries to show that it is ours. */
const TOKEN = 8;

/** Broker's name or address, and port. Each of these lets go at once of the rest that it has read. */
function hostOf(lonely: Lonely): string {
  return lonely.load('mqtt').host;
}

function portOf(lonely: Lonely): string {
  return '' + lonely.load('mqtt').port;
}

/** Name of the first network, or ''. */
function knownOf(lonely: Lonely): string {
  const first = lonely.load('wifi')[0];
  return first ? first.ssid : '';
}

/** A secret that only a page of ours has: who does not know the password cannot guess it. */
function tokenOf(password: string): string {
  const bytes = digest(password + ' form');
  let token = '';
  for (let i = 0; i < TOKEN; i++) token += (256 + bytes.charCodeAt(i)).toString(16).substr(1);
  return token;
}

const lonely = takeAsked() as unknown as Lonely;
let leave = () => {};

// At the outermost level: a function inside of another one costs twice as much.
const tick = createPortal({
  lonely,
  around: lonely.around as Around,
  name: lonely.load('id'),
  host: hostOf(lonely),
  port: portOf(lonely),
  known: knownOf(lonely),
  token: tokenOf(lonely.load('portal').password),
  close: () => {
    closeAccessPoint();
    print('Access point closed');
  },
  serve: (come) => {
    leave = serve(come);
  },
  listen,
  leave: (link) => {
    leave();
    if (link) deafen(link);
  },
  pause: pauseStation,
  isExclusive: BOARD.chip !== 'esp8266',
  soon: (callback) => setTimeout(callback, 1),
  next: () => ask(PORTAL, lonely),
});

const second = () => {
  // First of all, so that an error in what follows costs one second and not all of them.
  const next = setTimeout(second, 1000);
  if (!tick()) clearTimeout(next);
};

setTimeout(second, 1);
