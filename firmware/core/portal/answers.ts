import { LOOK } from './asked.ts';
import type { Around } from './asked.ts';
import type { Draft } from './form.ts';
import { formOf, redirect, sentenceOf } from './page.ts';
import { TOO_LONG } from './request.ts';
import type { Request } from './request.ts';
import type { Answer, Visit } from './visits.ts';

/** Seconds for which the station rests after each look at the form, because the radio is one for both. */
export const AT_THE_FORM = 120;

/** What the form shows beside what is around. */
export interface Shown {
  /** Name of the device. */
  readonly name: string;
  /** Broker's name or address, and port, as they are stored. */
  readonly host: string;
  readonly port: string;
  /** Name of the first network that is stored, or ''. */
  readonly known: string;
  /** A secret that a form of ours has in it. */
  readonly token: string;
}

/** What is needed to answer. */
export interface AnswersParts extends Shown {
  readonly around: Around;
  /** Sends an answer, then ends the visit. */
  answer(visit: Visit, page: Answer): void;
  /** Lets a visit wait until its form can be stored. */
  keep(visit: Visit): void;
}

/** What is answered to whom. */
export interface Answers {
  /** A request is whole. */
  asked(visit: Visit, request: Request): void;
  /** Shows the form as it was filled in, or as it is at first, and what is wrong with it. */
  show(visit: Visit, filled: Draft | undefined, fault: string): void;
}

/** Makes what answers. */
export function createAnswers(parts: AnswersParts): Answers {
  const around = parts.around;
  const name = parts.name;

  const show = (visit: Visit, filled: Draft | undefined, fault: string) => {
    const view = {
      name, fault, draft: filled || { id: name, host: parts.host, port: parts.port },
      names: around.nets, list: around.list, known: parts.known, token: parts.token,
    };
    parts.answer(visit, (step) => formOf(view, step));
  };

  const tell = (visit: Visit, status: string, sentence: string, refresh: number) =>
    parts.answer(visit, (step) => sentenceOf(status, name, sentence, refresh, step));

  const refuse = (visit: Visit, bad: number) => {
    if (bad === TOO_LONG) {
      const words = 'All fields together may have 1,024 bytes: longer ones go over USB. Nothing was stored.';
      return tell(visit, '413 Too Long', words, 0);
    }
    tell(visit, '400 Bad Request', 'That was no form that makes sense here. Nothing was stored.', 0);
  };

  const post = (visit: Visit, isFar: number) => {
    // A page from elsewhere, open in the same browser, does not know the token, and says where it is from.
    if (isFar || !visit.draft || visit.draft.ours !== parts.token) {
      return tell(visit, '403 Forbidden', 'That form was not ours. Nothing was stored.', 0);
    }
    parts.keep(visit);
  };

  return {
    asked: (visit, request) => {
      if (request.bad) return refuse(visit, request.bad);
      if (!request.ours) return parts.answer(visit, (step) => (step ? '' : redirect()));
      around.care = AT_THE_FORM;
      if (around.left > 0 && around.left < AT_THE_FORM) around.left = AT_THE_FORM;
      if (request.verb === 'POST') return post(visit, request.far);
      if (request.path === '/') return show(visit, undefined, '');
      if (request.path !== '/again') return tell(visit, '404 Not Found', 'There is only the form.', 1);
      around.task = LOOK;
      tell(visit, '200 OK', 'Looking for networks. The form comes by itself.', 8);
    },
    show,
  };
}
