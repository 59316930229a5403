import type { Link } from '../contracts.ts';
import { newRequest, readRequest } from './request.ts';
import type { Request } from './request.ts';

/** Connections at a time: a browser opens some before it says anything. */
const MOST = 3;

/** Seconds that somebody may take to ask, and to take the answer. */
const PATIENCE = 20;

/** An answer: gives its pieces by number, from 0, and '' behind the last one. */
export type Answer = (step: number) => string;

/** A connection to the form. */
export interface Visit {
  readonly link: Link;
  readonly ask: Request;
  /** Seconds until it is ended, 0 when it was. */
  time: number;
  /** 1 when all was asked, then 2, or when nothing more is heard. */
  done: number;
  /** What is sent, and the next piece of it. */
  page: Answer | 0;
  step: number;
}

/**
 * Connections to the form: few, for a short time, and each with one request. What hears of a link is a method of it, as
 * the interpreter calls its listeners: so one function does for all of them.
 */
export interface Visits {
  /** Somebody has come. False when there is no room: the link is ended. */
  arrive(link: Link): boolean;
  heard(this: Link, bytes: string): void;
  /** All that was sent is away. */
  drained(this: Link): void;
  closed(this: Link): void;
  /** The visit over a link, when there is one. */
  of(link: Link): Visit | undefined;
  /** Sends an answer soon, piece by piece, then ends. */
  answer(visit: Visit, page: Answer): void;
  /** A second has passed. */
  tick(): void;
  /** Sends everybody away but this one, of whom nothing more is heard here. */
  end(but: Visit | undefined): void;
}

/**
 * `field` takes a field of the form of a visit, in front of its request; `asked` gets each request; `gone` hears that
 * nothing more comes from a visit; `soon` runs something from a timer.
 */
export function createVisits(
  field: (visit: Visit, name: string, value: string) => void, asked: (visit: Visit) => void,
  gone: (visit: Visit) => void, soon: (callback: () => void) => void,
): Visits {
  const visits: Visit[] = [];

  const visitOf = (link: Link): Visit | undefined => visits.filter((visit) => visit.link === link)[0];

  /** Ends a link; what is still to be sent may never be taken, so that its place is free when it has closed. */
  const leave = (visit: Visit) => {
    visit.done = 2;
    visit.page = visit.time = 0;
    gone(visit);
    try {
      visit.link.end();
    } catch {
      // It has closed already, which is what we want.
    }
  };

  const send = (visit: Visit | undefined) => {
    if (!visit || !visit.page) return;
    const piece = visit.page(visit.step++);
    if (!piece) return leave(visit);
    try {
      visit.link.write(piece);
    } catch {
      leave(visit);
    }
  };

  // From a timer, step by step, because what was heard, and what took it apart, is out of memory by then.
  const work = () => visits.forEach((visit) => {
    if (visit.page && !visit.step) send(visit);
    if (visit.done !== 1) return;
    visit.done = 2;
    asked(visit);
  });

  return {
    arrive: (link) => {
      if (visits.length >= MOST) {
        link.end();
        return false;
      }
      visits.push({ link, ask: newRequest(), time: PATIENCE, done: 0, page: 0, step: 0 });
      return true;
    },
    heard: function (this: Link, bytes) {
      const visit = visitOf(this);
      if (!visit || visit.done) return;
      if (!readRequest(visit.ask, bytes, (name, value) => field(visit, name, value))) return;
      visit.done = 1;
      visit.time = PATIENCE;
      soon(work);
    },
    drained: function (this: Link) {
      send(visitOf(this));
    },
    closed: function (this: Link) {
      const visit = visitOf(this);
      if (!visit) return;
      visit.page = 0;
      visits.splice(visits.indexOf(visit), 1);
      gone(visit);
    },
    answer: (visit, page) => {
      visit.page = page;
      soon(work);
    },
    tick: () => visits.forEach((visit) => {
      if (visit.time && !--visit.time) leave(visit);
    }),
    of: visitOf,
    end: (but) => visits.forEach((visit) => {
      if (visit === but) visit.link.removeAllListeners();
      else leave(visit);
    }),
  };
}
