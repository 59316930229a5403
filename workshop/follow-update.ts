import type { Report } from '../scripts/lib/update/status.ts';
import type { UpdateView } from './messages.ts';
import type { Order } from './order.ts';

/** What is seen of the update of one device. */
export type Sign =
  | { readonly sign: 'order'; readonly order: Order }
  | { readonly sign: 'chunk'; readonly image: string; readonly n: number }
  | { readonly sign: 'report'; readonly report: Report }
  /** The chip has started. */
  | { readonly sign: 'start' }
  /** It is online, and says what it runs and why it started. */
  | { readonly sign: 'info'; readonly version: string; readonly reason: string };

type View = UpdateView | undefined;

/** How the update stands after this sign; the same object when it says nothing new. */
export function followUpdate(view: View, seen: Sign): View {
  switch (seen.sign) {
    case 'order': return ordered(view, seen.order);
    case 'chunk': return view && gotChunk(view, seen.image, seen.n);
    case 'report': return reported(view, seen.report);
    case 'start': return view?.phase === 'trial' ? { ...view, starts: view.starts + 1, online: false } : view;
    case 'info': return view && cameOnline(view, seen.version, seen.reason);
  }
}

const NOTHING = { runs: '', reason: '', have: 0, of: 0, starts: 0, online: false };

/** A manifest is handed over again and again; only a new one begins something. */
function ordered(view: View, { serial, do: deed, image, version, of }: Order): View {
  if (view?.serial === serial) return view;
  return { ...NOTHING, phase: 'asked', serial, do: deed, image, version, of };
}

/** Chunks come in the order 1, 2, 3 … and 0 last; so each one tells how many are there, also after a power cut. */
function gotChunk(view: UpdateView, image: string, n: number): UpdateView {
  const isAwaited = view.phase === 'asked' || view.phase === 'receiving';
  const have = n === 0 ? view.of : n;
  if (!isAwaited || image !== view.image || have > view.of || have <= view.have) return view;
  return { ...view, phase: 'receiving', have };
}

function reported(view: View, report: Report): View {
  const { state, serial, version, runs = '', reason = '', have = 0, of } = report;
  // What it says of an older manifest was known before. A refusal may not know of which it speaks.
  if (view && serial !== undefined && serial !== view.serial) return view;
  const before: UpdateView = view ?? {
    ...NOTHING, phase: state, serial: serial ?? 0, do: 'run', image: '', version: version ?? '',
  };
  return {
    ...before,
    phase: state,
    runs,
    reason,
    of: of ?? before.of,
    // The wire is ahead of what is reported.
    have: state === 'receiving' ? Math.max(have, before.have) : before.have,
    ...(state === 'trial' && before.phase !== 'trial' ? { have: before.of, starts: 0, online: false } : {}),
  };
}

/** A device on trial that runs something else than it was asked for has gone back; it reports that a minute later. */
function cameOnline(view: UpdateView, version: string, why: string): UpdateView {
  if (view.phase !== 'trial' || view.do !== 'run' || !view.starts) return view;
  if (version === view.version) return view.online ? view : { ...view, runs: version, online: true };
  return { ...view, phase: 'went back', runs: version, reason: /slot [ab] .*$/.exec(why)?.[0] ?? why };
}
