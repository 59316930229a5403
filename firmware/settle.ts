/**
 * The second program of the access point: it checks a form that was sent. It is apart from the first one, because there
 * is no room for both in memory. When something is wrong, the first one goes on and says so; else the third one stores.
 */
import { longestPassword } from './core/config.ts';
import { PORTAL } from './core/layout.ts';
import type { Form, Lonely } from './core/portal/asked.ts';
import { readDraft } from './core/portal/form.ts';
import { defaultId } from './core/settings/public.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';

const lonely = takeAsked() as unknown as Lonely;
const form = lonely.form as Form;

/** Checks the form, and leaves what comes of it for the next program. */
function judge(): void {
  const limits = { strokeMs: BOARD.maxStrokeMs, password: longestPassword(BOARD.chip) };
  const mqtt = lonely.load('mqtt');
  const kept = { wifi: lonely.load('wifi'), host: mqtt.host, username: mqtt.username, password: mqtt.password };
  const change = readDraft(form.draft, kept, form.names, defaultId(getSerial()), limits);
  if (typeof change === 'string') form.fault = change;
  else form.change = change;
  // What is secret is not kept for longer than it takes.
  form.draft.key = form.draft.password = '';
}

judge();
ask(PORTAL, lonely);
