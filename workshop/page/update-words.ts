import type { DeviceState, UpdateView } from '../messages.ts';

/** Starts that the loader gives an image on trial (docs/loader.md). */
const STARTS = 3;

/** What happens by itself, and when. */
const NEXT: Partial<Record<UpdateView['phase'], string>> = {
  'asked': 'It has just started, and takes updates when it has run for a minute:',
  'receiving': 'It has just started, and goes on when it has run for a minute:',
  'trial': 'Unless it comes online, the loader restarts it',
  'went back': 'It says so itself when it has run for a minute:',
};

/** How the update of a device stands, and what happens next; `dueMs` is the time until then, where it is known. */
export function updateInWords(device: DeviceState, dueMs = 0): { text: string; note?: string } {
  const { update, power } = device;
  if (!update) return { text: 'none yet' };
  const text = standing(update);
  if (isOver(update)) return { text };
  if (!power) return { text, note: 'It goes on when it has power again.' };
  if (dueMs <= 0) return { text };
  const left = countdown(dueMs);
  return { text, note: `${NEXT[update.phase] ?? ''} in ${left}.` };
}

/** Whether nothing more is to come of it. */
export function isOver({ phase }: UpdateView): boolean {
  return !['asked', 'receiving', 'trial', 'went back'].includes(phase);
}

function standing(update: UpdateView): string {
  const { phase, version, runs, reason, have, of } = update;
  const what = version || 'the image of its other slot';
  const still = runs ? ` It still runs ${runs}.` : '';
  switch (phase) {
    case 'asked': return asked(update, what);
    case 'receiving': return `receiving ${what}: ${have} of ${of} chunks`;
    case 'trial': return trial(update, what);
    case 'went back': return `went back to ${runs}, because ${reason}`;
    case 'rolled back': return `rolled back to ${runs}, because ${what} ${reason}`;
    case 'confirmed': return `confirmed: it runs ${runs || what}`;
    case 'current': return `it runs ${what} already`;
    case 'key changed': return 'it has a new key';
    case 'refused':
    case 'failed': return `${phase}: ${reason}.${still}`;
  }
}

function asked({ do: deed }: UpdateView, what: string): string {
  if (deed === 'key') return 'asked to change its key';
  return deed === 'back' ? 'asked to go back to the image of its other slot' : `asked to run ${what}`;
}

function trial({ starts, online }: UpdateView, what: string): string {
  if (online) return `on trial: ${what} is online, and is kept when it stays so for 30 s`;
  if (!starts) return `on trial: ${what} is all there, and it restarts into it`;
  return `on trial: ${what}, start ${starts} of at most ${STARTS}`;
}

/** Minutes and seconds of a time in ms, rounded up. */
function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The version that a device runs and the slot that it is in, as it has told; '' while it has not. */
export function imageInWords({ info }: DeviceState): string {
  const { version, slot } = info ?? {};
  if (typeof version !== 'string') return '';
  return slot === 0 || slot === 1 ? `${version}, slot ${'ab'.charAt(slot)}` : version;
}
