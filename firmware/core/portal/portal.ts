import type { Link } from '../contracts.ts';
import type { Form, Lonely } from './asked.ts';
import { draftOf, fillIn } from './form.ts';
import type { Draft } from './form.ts';
import { ADDRESS, formOf, REDIRECT, sentenceOf } from './page.ts';
import { TOO_LONG } from './request.ts';
import { createVisits } from './visits.ts';
import type { Visit, Visits } from './visits.ts';

/** Seconds that a scan may take. */
const SCAN = 10;

/** Seconds for which the station rests after each look at the form, because the radio is one for both. */
const AT_THE_FORM = 120;

/** Seconds from one look for a network of ours to the next, where the station cannot try. */
const LOOK = 60;

/** What the access point needs. */
export interface PortalParts {
  readonly lonely: Lonely;
  /** Name of the device, and of the access point. */
  readonly name: string;
  /** Broker's name or address, and port, as they are stored. */
  readonly host: string;
  readonly port: number;
  /** Names of the networks that are configured. */
  readonly known: string[];
  /** A secret that a form of ours has in it. */
  token(): string;
  /** Seconds for which it stays open; -1 for ever. */
  readonly seconds: number;
  /** Looks for networks. `found` may never be called. Throws while it looks already. */
  scan(found: (names: string[]) => void): void;
  /** Opens the access point. */
  open(): void;
  close(): void;
  /** Leads connections to `visits`. */
  serve(): void;
  /** Leads one there that is open already. */
  lead(link: Link): void;
  /** No more connections come. */
  leave(): void;
  /** The station stops trying, so that the radio is free. */
  pause(): void;
  /** Whether the station cannot go on while the access point is open, and begins again only behind a scan. */
  readonly isExclusive: boolean;
  /** Runs something from a timer, at once. */
  soon(callback: () => void): void;
  /** Runs the program that checks and stores `lonely.form`, once this one is out of memory. */
  settle(): void;
  restart(): void;
}

/** The access point with a form, from its opening to its end. */
export interface Portal {
  /** Those who connect. */
  readonly visits: Visits;
  /** A second has passed. Gives whether it goes on. */
  tick(): boolean;
}

/** What it is at. */
const WAITING = 0;
const SCANNING = 1;
const OPEN = 2;
const LEAVING = 3;
const OVER = 4;

/**
 * Makes the access point. Nothing that writes to flash or changes the radio's mode, which writes to flash as well,
 * happens while the bell sounds.
 */
export function createPortal(parts: PortalParts): Portal {
  const lonely = parts.lonely;
  let state = WAITING;
  let isDue = 0;
  // Seconds until the next step, since it opened, and for which somebody is at the form.
  let left = 0;
  let age = 0;
  let attended = 0;
  // The list of networks, its number, whether a network of ours is among them, and whether another list is wanted.
  let names: string[] = [];
  let list = 0;
  let isThere = 0;
  let wantsScan = 0;
  // Who fills the form in, what they have filled in, and whose form waits for silence.
  let writer: Visit | undefined;
  let draft: Draft | undefined;
  let waiting: Visit | undefined;

  const found = (its: string[]) => {
    const wasThere = isThere;
    isThere = parts.known.some((known) => its.indexOf(known) >= 0) ? 1 : 0;
    // One whose password has changed is there all the time, and must not close the access point.
    if (state === OPEN && parts.isExclusive && !attended && isThere && !wasThere) isDue = 1;
    if (state === SCANNING) left = 1;
    const known = parts.known[0];
    if (known && its.indexOf(known) < 0) its.push(known);
    names = its;
    list++;
  };

  const scan = (heard: (its: string[]) => void) => {
    wantsScan = 0;
    try {
      parts.scan(heard);
    } catch {
      // One is under way already.
    }
  };

  const show = (visit: Visit, filled: Draft, fault: string) => {
    const view = {
      name: parts.name, fault, draft: filled, names, list, known: parts.known[0] || '', token: parts.token(),
    };
    visits.answer(visit, (step) => formOf(view, step));
  };

  const tell = (visit: Visit, status: string, sentence: string, refresh: number) =>
    visits.answer(visit, (step) => sentenceOf(status, parts.name, sentence, refresh, step));

  const blank = () => draftOf(parts.name, parts.host, parts.port);

  const take = (visit: Visit, field: string, value: string) => {
    if (!writer) {
      writer = visit;
      draft = blank();
    }
    if (writer === visit) fillIn(draft as Draft, field, value);
  };

  const gone = (visit: Visit) => {
    // Who has sent the form has a right to see it stored, there or not.
    if (writer === visit && waiting !== visit) writer = draft = undefined;
  };

  const post = (visit: Visit) => {
    if (waiting || writer !== visit || !draft) {
      return tell(visit, '503 Busy', 'Somebody else is storing settings. Nothing of yours was stored.', 5);
    }
    // A page from elsewhere, open in the same browser, does not know the token, and says where it is from.
    if (visit.ask.from && visit.ask.from !== 'http://' + ADDRESS || draft.token !== parts.token()) {
      return tell(visit, '403 Forbidden', 'That form was not ours. Nothing was stored.', 0);
    }
    waiting = visit;
  };

  const refuse = (visit: Visit) => {
    if (visit.ask.bad === TOO_LONG) {
      const words = 'All fields together may have 1,024 bytes: longer ones go over USB. Nothing was stored.';
      return tell(visit, '413 Too Long', words, 0);
    }
    tell(visit, '400 Bad Request', 'That was no form that makes sense here. Nothing was stored.', 0);
  };

  const asked = (visit: Visit) => {
    const request = visit.ask;
    if (request.bad) return refuse(visit);
    if (request.host !== ADDRESS) return visits.answer(visit, (step) => (step ? '' : REDIRECT));
    attended = AT_THE_FORM;
    if (left > 0 && left < AT_THE_FORM) left = AT_THE_FORM;
    if (request.verb === 'POST') return post(visit);
    if (request.path === '/') return show(visit, blank(), '');
    if (request.path !== '/again') return tell(visit, '404 Not Found', 'There is only the form.', 1);
    wantsScan = 1;
    tell(visit, '200 OK', 'Looking for networks. The form comes by itself.', 6);
  };

  const visits: Visits = createVisits(take, asked, gone, parts.soon);

  /**
   * Has the form checked and stored by another program, because there is no room for that beside this one. Whoever has
   * sent it hears the result over the same link.
   */
  const settle = (visit: Visit, filled: Draft) => {
    waiting = writer = draft = undefined;
    if (filled.choice && filled.list !== '' + list) {
      return show(visit, filled, 'The list of networks is another one now: choose again.');
    }
    visits.end(visit);
    parts.leave();
    lonely.form = { draft: filled, link: visit.link, names, list, seconds: left, fault: '' };
    state = OVER;
    parts.settle();
  };

  const begin = () => {
    parts.pause();
    lonely.rest(SCAN + 2);
    state = SCANNING;
    left = SCAN;
    scan(found);
  };

  const open = (seconds: number) => {
    state = OPEN;
    left = seconds;
    parts.serve();
    if (parts.isExclusive && left > 0) lonely.rest(left);
  };

  // Apart from the above, because who serves holds on to the scope that it was asked from.
  const resume = (form: Form) => {
    open(form.seconds);
    parts.lead(form.link);
    names = form.names;
    list = form.list;
    const visit = visits.of(form.link);
    if (visit) show(visit, form.draft, form.fault);
    lonely.form = undefined;
  };

  const close = () => {
    visits.end(undefined);
    parts.leave();
    parts.close();
    state = OVER;
    if (!parts.isExclusive) return;
    // The interpreter's station begins again behind a scan, and else only with a restart.
    state = LEAVING;
    left = SCAN;
    scan(() => {
      state = OVER;
      lonely.rest(0);
    });
  };

  /** The radio is one for both: while somebody is at the form, the station rests. */
  const attend = () => {
    if (attended-- === AT_THE_FORM && !parts.isExclusive) {
      parts.pause();
      lonely.rest(AT_THE_FORM);
    }
  };

  const serve = () => {
    age++;
    if (waiting && draft) return settle(waiting, draft);
    if (attended) attend();
    else if (parts.isExclusive && left > SCAN && age % LOOK === 0) wantsScan = 1;
    if (wantsScan) scan(found);
    if (left > 0 && !--left || lonely.up()) isDue = 1;
    if (isDue) close();
  };

  return {
    visits,
    tick: () => {
      visits.tick();
      if (lonely.sounding()) return true;
      if (lonely.up() && state < OPEN) state = OVER;
      switch (state) {
        case WAITING:
          if (lonely.form) resume(lonely.form);
          else begin();
          break;
        case SCANNING:
          if (--left) break;
          parts.open();
          open(parts.seconds);
          break;
        case OPEN: serve(); break;
        case LEAVING: if (!--left) parts.restart(); break;
        default:
      }
      return state !== OVER;
    },
  };
}
