import type { Link } from '../contracts.ts';
import { AT_THE_FORM, createAnswers } from './answers.ts';
import type { Shown } from './answers.ts';
import { LEAVE, LOOK } from './asked.ts';
import type { Around, Form, Lonely } from './asked.ts';
import { createVisits } from './visits.ts';
import type { Visit, Visits } from './visits.ts';

/** Seconds from one look for a network of ours to the next, where the station cannot try, and before the end. */
const EVERY = 60;
const LAST = 10;

/** What the form needs of an access point that is open. */
export interface PortalParts extends Shown {
  readonly lonely: Lonely;
  readonly around: Around;
  /** Closes the access point. */
  close(): void;
  /** Has `come` hear of connections. */
  serve(come: (link: Link) => void): void;
  /** Has these hear of one. They are methods of it. */
  listen(link: Link, heard: Visits['heard'], drained: Visits['drained'], closed: Visits['closed']): void;
  /** No more connections come; what comes over this one is dropped from now on. */
  leave(link: Link | undefined): void;
  /** The station stops trying, so that the radio is free. */
  pause(): void;
  /** Whether the station cannot go on while the access point is open, and begins again only behind a scan. */
  readonly isExclusive: boolean;
  /** Runs something from a timer, at once. */
  soon(callback: () => void): void;
  /** Runs the program that is due next, once this one is out of memory. */
  next(): void;
}

/**
 * Serves the form until a form was sent, networks are to be looked for, or the access point closes. Nothing that
 * changes the radio's mode, which writes to flash, happens while the bell sounds. Gives what is called each second, and
 * says whether it goes on.
 */
export function createPortal(parts: PortalParts): () => boolean {
  const lonely = parts.lonely;
  const around = parts.around;
  // Seconds since it began, and whether it is at its end.
  let age = 0;
  let isOver = 0;

  const visits: Visits = createVisits((visit, request) => answers.asked(visit, request), parts.soon);
  const answers = createAnswers({
    around, name: parts.name, host: parts.host, port: parts.port, known: parts.known, token: parts.token,
    answer: visits.answer, keep: visits.keep,
  });

  const come = (link: Link) => {
    if (visits.arrive(link)) parts.listen(link, visits.heard, visits.drained, visits.closed);
  };

  // Apart from the below, because who serves holds on to the scope that it was asked from.
  const begin = () => {
    parts.serve(come);
    if (lonely.form) resume(lonely.form);
  };

  /** Goes on with a form that another program has found wrong. */
  const resume = (form: Form) => {
    lonely.form = undefined;
    come(form.link);
    answers.show(visits.resume(form.link), form.draft, form.fault);
  };

  const end = (but: Visit | undefined) => {
    visits.end(but && but.guest);
    parts.leave(but && but.guest);
    isOver = 1;
  };

  /**
   * Has the form checked and stored by other programs, because there is no room for that beside this one. Whoever has
   * sent it hears the result over the same link.
   */
  const settle = (visit: Visit) => {
    end(visit);
    lonely.form = { draft: visit.draft || undefined, link: visit.guest, fault: '' };
    parts.next();
  };

  const close = () => {
    end(undefined);
    parts.close();
    if (!parts.isExclusive) return;
    around.task = LEAVE;
    parts.next();
  };

  const look = () => {
    end(undefined);
    parts.next();
  };

  /** The radio is one for both: while somebody is at the form, the station rests. */
  const attend = () => {
    if (around.care-- === AT_THE_FORM && !parts.isExclusive) {
      parts.pause();
      lonely.rest(AT_THE_FORM);
    }
  };

  const serve = () => {
    const posted = visits.kept();
    if (posted) return settle(posted);
    if (around.care) attend();
    else if (parts.isExclusive && around.left > LAST && age > EVERY) around.task = LOOK;
    if (around.left > 0 && !--around.left || lonely.up()) return close();
    if (around.task && visits.isFree()) look();
  };

  return () => {
    visits.tick();
    if (lonely.sounding()) return true;
    if (age++) serve();
    else begin();
    return !isOver;
  };
}
