/**
 * The fourth program of the access point: it has the image store what the third one has found good. It is apart from
 * that one, because the rules of a form and what stores settings have no room beside each other.
 */
import { PORTAL } from './core/layout.ts';
import type { Around, Change, Form, Lonely } from './core/portal/asked.ts';
import { sentenceOf } from './core/portal/page.ts';
import { ask } from './hal/ask.ts';
import { takeAsked } from './hal/asked.ts';
import { restart } from './hal/restart.ts';
import { whenSilent } from './hal/silence.ts';

/** Time for the answer to get away, ms. */
const FAREWELL = 3000;

const lonely = takeAsked() as unknown as Lonely;
const form = lonely.form as Form;
const change = form.change as Change;

/** Says that all went well. Whoever asked may have gone. */
function tellWell(): void {
  const sentence = 'Stored. The bell restarts and joins ' + change.wifi[0]!.ssid
    + '. If it cannot, this access point comes back.';
  try {
    const name = lonely.load('id');
    let piece = sentenceOf('200 OK', name, sentence, 0, 0);
    for (let step = 1; piece; step++) {
      form.link.write(piece);
      piece = sentenceOf('200 OK', name, sentence, 0, step);
    }
    form.link.end();
  } catch {
    // It is stored all the same.
  }
}

// The networks to choose among are not needed any more, unless it fails: then they are looked for again.
(lonely.around as Around).nets = '';

whenSilent(lonely, () => {
  form.fault = lonely.save(change);
  if (form.fault) {
    form.change = undefined;
    return ask(PORTAL, lonely);
  }
  tellWell();
  setTimeout(() => whenSilent(lonely, restart), FAREWELL);
});
