/** What the loader remembers between starts, and the 16 bits that hold it in the journal. */

export type Slot = 0 | 1;

/** Why a slot was left last: the index of its words in `lossText`. */
export const NOT_LOST = 0;
export const THREW = 1;
export const CRASHED = 2;
export const SILENT = 3;
export const UNFIT = 4;
export const SENT_BACK = 5;

export interface State {
  /** The slot that has proved itself, or that has to do. */
  home: Slot;
  /** 1 while the other slot is on trial. */
  trial: 0 | 1;
  /** 1 from a start until the image says `ok`. */
  open: 0 | 1;
  /** The slot that was started last. */
  slot: Slot;
  /** Starts in a row of slot a and of slot b that never came to `ok`; at most `MANY`. */
  a: number;
  b: number;
  /** Why the loader left a slot last. Kept until the next trial. */
  loss: number;
}

/** What a counter of starts can hold. */
export const MANY = 7;

/** The state as 16 bits. */
export function packState(state: State): number {
  return state.home | state.trial << 1 | state.open << 2 | state.slot << 3 |
    state.a << 4 | state.b << 7 | state.loss << 10;
}

/** The state that 16 bits hold; 0 is that of a device that has never started. */
export function unpackState(bits: number): State {
  return {
    home: (bits & 1) as Slot,
    trial: (bits >> 1 & 1) as 0 | 1,
    open: (bits >> 2 & 1) as 0 | 1,
    slot: (bits >> 3 & 1) as Slot,
    a: bits >> 4 & MANY,
    b: bits >> 7 & MANY,
    loss: bits >> 10 & 7,
  };
}

/** Starts of a slot that never came to `ok`. */
export function failures(state: State, slot: number): number {
  return slot ? state.b : state.a;
}

/** Sets the failures of a slot, up to `MANY`. */
export function setFailures(state: State, slot: number, count: number): void {
  const kept = count > MANY ? MANY : count;
  if (slot) state.b = kept;
  else state.a = kept;
}

/** A loss in words, behind "slot b"; '' for `NOT_LOST`. */
export function lossText(loss: number): string {
  switch (loss) {
    case THREW: return 'stopped with an error';
    case CRASHED: return 'crashed or hung';
    case SILENT: return 'was never confirmed';
    case UNFIT: return 'is damaged';
    case SENT_BACK: return 'was sent back';
    default: return '';
  }
}
