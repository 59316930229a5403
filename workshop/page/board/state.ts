import type { Board } from '../../../boards/board.ts';
import type { Interpreter, RomChip } from '../../../boards/interpreters.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import type { Finding } from '../../../scripts/lib/doctor/finding.ts';
import type { Failure } from '../../../scripts/lib/failure.ts';
import type { FlashEvent } from '../../../scripts/lib/flash/steps.ts';
import type { Draft } from './draft.ts';
import type { FoundImages, ImagesWish } from './images.ts';

/** What can be done with a board at a port. */
export type Work = 'flash' | 'settings' | 'look';

export type StepName = 'port' | 'board' | 'images' | 'settings' | 'interpreter' | 'firmware' | 'stored' | 'online';

/** The steps of each work, in the order in which they happen. */
export const STEPS: Readonly<Record<Work, readonly StepName[]>> = {
  flash: ['port', 'board', 'images', 'settings', 'interpreter', 'firmware', 'online'],
  settings: ['port', 'board', 'settings', 'stored', 'online'],
  look: ['port'],
};

/** How far one step has come. */
export interface Step {
  readonly state: 'open' | 'now' | 'done' | 'skipped' | 'mind';
  readonly text: string;
  readonly bar?: Bar;
}

/** How far writing has come. */
export interface Bar {
  readonly share: number;
  readonly total: number;
  /** What is being written. */
  readonly name: string;
  /** When it began, ms. */
  readonly since: number;
  readonly now: number;
}

/** What a person is asked in the middle of the work. */
export type Question =
  | { readonly type: 'board'; readonly chip: RomChip; readonly boards: readonly Board[]; answer(board: Board): void }
  | {
    readonly type: 'images'; readonly interpreter: Interpreter; readonly what: string; readonly failure?: Failure;
    answer(wish: ImagesWish): void;
  }
  | {
    readonly type: 'settings'; readonly board: Board; readonly byDefault: string;
    /** What the device has, and keeps where nobody wants otherwise. */
    readonly known?: Settings;
    readonly draft: Draft;
    /** Undefined: those that it has, or none. */
    answer(settings: Settings | undefined): void;
  };

/** All that the tab shows. Never changed in place. */
export interface State {
  readonly work?: Work;
  readonly isBusy: boolean;
  readonly steps: Partial<Readonly<Record<StepName, Step>>>;
  readonly question?: Question | undefined;
  readonly images?: FoundImages | undefined;
  readonly failure?: Error | undefined;
  readonly findings?: readonly Finding[] | undefined;
  /** A new password of the access point that a bell opens when it has no network. Shown for the person to keep. */
  readonly portal?: { readonly name: string; readonly password: string } | undefined;
  /** The bell that has come online, and what became of rings. */
  readonly bell?: { readonly id: string; readonly rang: string } | undefined;
}

export const IDLE: State = { isBusy: false, steps: {} };

/** The state with one step changed; steps that were under way before it are over. */
export function withStep(state: State, name: StepName, step: Step): State {
  return { ...state, steps: { ...state.steps, [name]: step } };
}

/** The state after something has happened in flashing. */
export function flashed(state: State, event: FlashEvent, now: number): State {
  switch (event.type) {
    case 'connecting': return withStep(state, 'board', { state: 'now', text: 'Asking the chip who it is…' });
    case 'chip': {
      const { title } = event.board;
      return withStep(state, 'board', { state: 'done', text: `${event.chip} ${event.mac}: ${title}.` });
    }
    case 'warning': return withStep(state, 'board', { state: 'mind', text: `Mind: ${event.text}` });
    case 'writing': {
      const { step, share, total, name } = event;
      const since = state.steps[step]?.bar?.since ?? now;
      return withStep(state, step, { state: 'now', text: name, bar: { share, total, name, since, now } });
    }
    case 'written': return withStep(state, event.step, event.bytes === 0
      ? { state: 'skipped', text: 'Right already, skipped.' }
      : { state: 'done', text: `${Math.ceil(event.bytes / 1024)} KB written and compared.` });
    default: return state;
  }
}

/** The state when the work has failed: what was under way is where it happened. */
export function failed(state: State, failure: Error): State {
  const steps = Object.entries(state.steps).map(([name, step]) => {
    return [name, step.state === 'now' ? { state: 'mind', text: step.text } : step];
  });
  return { ...state, failure, steps: Object.fromEntries(steps) as State['steps'] };
}

/** Bytes per second, in words; '' before there is anything to measure. */
export function speedOf({ share, total, since, now }: Bar): string {
  const seconds = (now - since) / 1000;
  return seconds > 0 && share > 0 ? `${Math.round(share * total / 1024 / seconds)} KB/s` : '';
}
