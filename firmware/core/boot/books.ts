/** What can be asked of the loader's books: by the loader itself, and from `LOOK` on by the image that runs. */
export const START = 0;
export const HEALTHY = 1;
export const FAILED = 2;
export const ANEW = 3;
/** How does the other slot stand? */
export const LOOK = 4;
/** The other slot is about to get a new image: what became of the one before counts no more. */
export const CLEAR = 5;
/** Starts the image in the other slot on trial, from the next start on. */
export const TRY = 6;
/** Goes back to the image in the other slot, from the next start on. */
export const BACK = 7;

/** A question to the loader, which writes its answer into it. */
export interface Asked {
  readonly event: number;
  /** Why the image in the other slot must not run, or why what was asked for cannot be; '' when it may, or can. */
  fault?: string;
  /** What became of that image when it was started; '' when nothing went wrong. */
  loss?: string;
  /** Whether the loader was sent back and nothing has gone wrong since. */
  back?: boolean;
}
