/**
 * The third of the loader's three programs: it fetches the chunks of an image, and lives for as long as that takes. It
 * is apart from the review, so that nothing else of the loader stays in memory with it.
 */
import type { Asked, Task } from './core/update/asked.ts';
import { createReceiver } from './core/update/receiver.ts';
import { takeAsked } from './hal/asked.ts';
import { digest } from './hal/digest.ts';
import { createStore } from './hal/store.ts';

/** Lets go of what was said and answered once: a receiver holds the rest for as long as it lives. */
function letGo(spent: Partial<Asked>): void {
  delete spent.offered;
  delete spent.key;
  delete spent.result;
  delete spent.done;
}

const asked = takeAsked();
const store = createStore();
const receiver = createReceiver(store, digest, asked.task as Task, asked);
asked.receiver = receiver;
asked.done();
letGo(asked);
