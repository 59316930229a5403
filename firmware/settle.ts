/**
 * The third program of the access point: it checks a form that was sent. It is apart from the second one, because there
 * is no room for both in memory. When something is wrong, that one goes on and says so; else the fourth one stores.
 */
import { longestPassword } from './core/config.ts';
import { PORTAL } from './core/layout.ts';
import type { Around, Form, Lonely } from './core/portal/asked.ts';
import { readDraft } from './core/portal/form.ts';
import type { Draft, Kept } from './core/portal/form.ts';
import { defaultId } from './core/settings/public.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';

const lonely = takeAsked() as unknown as Lonely;
const form = lonely.form as Form;

/** What an empty field keeps. The password that is stored is let go of. */
function keptOf(from: Lonely): Kept {
  const mqtt = from.load('mqtt');
  return { wifi: from.load('wifi'), host: mqtt.host, username: mqtt.username };
}

/** Checks a form, and leaves what comes of it for the next program. */
function judge(draft: Draft, around: Around): void {
  const limits = { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
  const kept = keptOf(lonely);
  const change = draft.pick && draft.list !== '' + around.list
    ? 'The list of networks is another one now: choose again.'
    : readDraft(draft, kept, around.nets, defaultId(getSerial()), limits);
  if (typeof change === 'string') form.fault = change;
  else {
    form.change = change;
    form.draft = undefined;
  }
  // What is secret is not kept for longer than it takes.
  draft.key = draft.pass = '';
}

judge(form.draft as Draft, lonely.around as Around);
ask(PORTAL, lonely);
