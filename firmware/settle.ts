/**
 * The second program of the access point: it checks a form that was sent, and stores it. It is apart from the first
 * one, because there is no room for both in memory. When something is wrong, the first one goes on and says so.
 */
import { longestPassword } from './core/config.ts';
import { PORTAL } from './core/layout.ts';
import type { Form, Lonely } from './core/portal/asked.ts';
import { readDraft } from './core/portal/form.ts';
import { sentenceOf } from './core/portal/page.ts';
import { defaultId } from './core/settings/public.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';
import { restart } from './hal/restart.ts';

/** Time for the answer to get away, and between two looks whether the bell is silent, ms. */
const FAREWELL = 3000;
const MOMENT = 300;

const lonely = takeAsked() as unknown as Lonely;
const form = lonely.form as Form;

/** Checks the form and stores it. Gives '' or what is wrong. */
function take(): string {
  const limits = { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
  const mqtt = lonely.load('mqtt');
  const kept = { wifi: lonely.load('wifi'), host: mqtt.host, username: mqtt.username, password: mqtt.password };
  const change = readDraft(form.draft, kept, form.names, defaultId(getSerial()), limits);
  return typeof change === 'string' ? change : lonely.save(change);
}

/** Says that all went well. Whoever asked may have gone. */
function tellWell(): void {
  const draft = form.draft;
  const sentence = 'Stored. The bell restarts and joins ' + (draft.other || form.names[Number(draft.choice)])
    + '. If it cannot, this access point comes back.';
  try {
    for (let step = 0; step < 4; step++) form.link.write(sentenceOf('200 OK', lonely.load('id'), sentence, 0, step));
    form.link.end();
  } catch {
    // It is stored all the same.
  }
}

/** Nothing is written to flash, and the chip does not restart, while the bell sounds. */
function whenSilent(callback: () => void): void {
  const look = () => {
    if (lonely.sounding()) setTimeout(look, MOMENT);
    else callback();
  };
  look();
}

whenSilent(() => {
  form.fault = take();
  if (form.fault) {
    // What is secret is not kept for longer than it takes.
    form.draft.key = form.draft.password = '';
    return ask(PORTAL, lonely);
  }
  tellWell();
  setTimeout(() => whenSilent(restart), FAREWELL);
});
