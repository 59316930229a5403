import type { Link } from '../contracts.ts';
import { fillIn } from './form.ts';
import type { Draft } from './form.ts';
import { ADDRESS, busy, redirect } from './page.ts';
import { newRequest, readRequest } from './request.ts';
import type { Request } from './request.ts';

/** Connections at a time: a browser opens some before it says anything. */
const MOST = 2;

/** Seconds that somebody may take to ask, and to take the answer. */
const ASK = 5;
const TAKE = 20;

/** An answer: gives its pieces by number, from 0, and '' behind the last one. */
export type Answer = (step: number) => string;

/** A connection. What is known of it is kept at it, because each object beside it would cost several variables. */
export interface Guest extends Link {
  /** Seconds until it is ended; 0 when it was, or never is. */
  time: number;
}

/** How far a visit is: it asks; it has asked; it is answered; it has sent a form that waits to be stored. */
const ASKING = 0;
const ASKED = 1;
const ANSWERED = 2;
const POSTED = 3;

/** The connection that is served. */
export interface Visit {
  readonly guest: Guest;
  /** What it asks, until it is answered. */
  ask: Request | undefined;
  /** What was filled in. */
  draft: Draft | 0;
  done: number;
  /** What is sent, and the next piece of it. */
  page: Answer | 0;
  step: number;
}

/**
 * Connections to the form. There are few, for a short time, and one of them is served: it has one request. Who says
 * nothing gives way to whoever comes; who asks meanwhile is told to come again. What hears of a connection is a method
 * of it, as the interpreter calls its listeners: so one function does for all of them.
 */
export interface Visits {
  /** Somebody has come. False when there is no room: the link is ended. */
  arrive(link: Link): boolean;
  heard(this: Guest, bytes: string): void;
  /** All that was sent is away. */
  drained(this: Guest): void;
  closed(this: Guest): void;
  /** Serves somebody who has come, and whose form was taken already. */
  resume(link: Link): Visit;
  /** Sends an answer soon, piece by piece, then ends. */
  answer(visit: Visit, page: Answer): void;
  /** The form of a visit waits: others are told to come again until `end`. */
  keep(visit: Visit): void;
  /** The visit that waits. */
  kept(): Visit | undefined;
  /** Whether nobody is served. */
  isFree(): boolean;
  /** A second has passed. */
  tick(): void;
  /** Sends everybody away but this one; nothing more is heard here of anybody. */
  end(but: Guest | undefined): void;
}

function newVisit(guest: Guest, done: number): Visit {
  return { guest, ask: done ? undefined : newRequest(), draft: 0, done, page: 0, step: 0 };
}

/** What somebody is told who asks while another one is served: a phone that looks for its way, where the form is. */
function excuse(bytes: string): string {
  return bytes.lastIndexOf(ADDRESS) < 0 && bytes.substr(0, 4) === 'GET ' ? redirect() : busy();
}

/** `asked` gets each request that is whole; `soon` runs something from a timer. */
export function createVisits(
  asked: (visit: Visit, request: Request) => void, soon: (callback: () => void) => void,
): Visits {
  const guests: Guest[] = [];
  let visit: Visit | undefined;

  const isServed = (guest: Guest) => visit && visit.guest === guest;

  /** Ends a link; what is still to be sent may never be taken, so that its place is free when it has closed. */
  const leave = (guest: Guest) => {
    guest.time = 0;
    if (isServed(guest)) visit = undefined;
    try {
      guest.end();
    } catch {
      // It has closed already, which is what we want.
    }
  };

  /** Says something, unless the link has closed. */
  const say = (guest: Guest, text: string) => {
    try {
      guest.write(text);
    } catch {
      leave(guest);
    }
  };

  const send = () => {
    if (!visit || !visit.page) return;
    const piece = visit.page(visit.step++);
    if (piece) say(visit.guest, piece);
    else leave(visit.guest);
  };

  // From a timer, step by step, because what was heard, and what took it apart, is out of memory by then.
  const work = () => {
    if (!visit) return;
    if (visit.page && !visit.step) return send();
    const request = visit.ask;
    if (visit.done !== ASKED || !request) return;
    visit.done = ANSWERED;
    visit.ask = undefined;
    asked(visit, request);
  };

  return {
    arrive: (link) => {
      if (guests.length >= MOST) {
        const idle = guests.filter((guest) => guest.time && !isServed(guest))[0];
        if (!idle) {
          link.end();
          return false;
        }
        leave(idle);
      }
      const guest = link as Guest;
      guest.time = ASK;
      guests.push(guest);
      return true;
    },
    heard: function (this: Guest, bytes) {
      if (!this.time) return;
      if (!visit) visit = newVisit(this, ASKING);
      const its = visit;
      if (its.guest !== this) {
        say(this, excuse(bytes));
        return leave(this);
      }
      if (its.done || !its.ask) return;
      const isAll = readRequest(its.ask, bytes, (name, value) => {
        if (!its.draft) its.draft = {};
        fillIn(its.draft, name, value);
      });
      if (!isAll) return;
      its.done = ASKED;
      this.time = TAKE;
      soon(work);
    },
    drained: function (this: Guest) {
      if (isServed(this)) send();
    },
    closed: function (this: Guest) {
      guests.splice(guests.indexOf(this), 1);
      // Who has sent a form has a right to see it stored, there or not.
      if (isServed(this) && visit!.done !== POSTED) visit = undefined;
    },
    resume: (link) => {
      visit = newVisit(link as Guest, ANSWERED);
      visit.guest.time = TAKE;
      return visit;
    },
    answer: (its, page) => {
      its.page = page;
      soon(work);
    },
    keep: (its) => {
      its.done = POSTED;
      its.guest.time = 0;
    },
    kept: () => (visit && visit.done === POSTED ? visit : undefined),
    isFree: () => !visit,
    tick: () => guests.forEach((guest) => {
      if (guest.time && !--guest.time) leave(guest);
    }),
    end: (but) => guests.forEach((guest) => {
      guest.removeAllListeners();
      if (guest !== but) leave(guest);
    }),
  };
}
