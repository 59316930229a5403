/** Where a need may lie, in variables. */
export interface Range {
  /** So many are not enough for certain. */
  readonly tooLittle: number;
  /** So many are allowed. The steps are counted from here, so that this one itself is tried. */
  readonly limit: number;
  /** So many there are. */
  readonly most: number;
  readonly step: number;
  /** Where it lay the last time, or a guess. */
  readonly guess: number;
}

/** Tries whether something fits into so much room. */
export type Try = (room: number) => Promise<boolean>;

/**
 * The smallest room, to a step, into which something fits; `Infinity` when it does not fit at all. It has fitted twice
 * there, and twice it has not a step below: two of three trials each, when they do not agree.
 */
export async function findNeed(range: Range, fits: Try): Promise<number> {
  const { limit, step } = range;
  const steps = (room: number): number => Math.floor((room - limit) / step);
  const judge = createJudge((index) => fits(limit + index * step));
  const lowest = steps(range.tooLittle);
  const highest = steps(range.most);
  const guess = Math.min(highest, Math.max(lowest + 1, steps(range.guess + step / 2)));
  const found = await confirm(await bracket(lowest, highest, guess, judge.seems), lowest, highest, judge.isSure);
  return found > highest ? Infinity : limit + found * step;
}

interface Judge {
  /** One trial is enough for a yes, and not for a no. */
  seems(index: number): Promise<boolean>;
  /** What two of three trials say. */
  isSure(index: number): Promise<boolean>;
}

/** How often one answer must have come before it counts. */
const ENOUGH = 2;

function createJudge(fits: (index: number) => Promise<boolean>): Judge {
  const tallies = new Map<number, { yes: number; no: number }>();
  const tallyOf = (index: number): { yes: number; no: number } => {
    const tally = tallies.get(index) ?? { yes: 0, no: 0 };
    tallies.set(index, tally);
    return tally;
  };
  const isSure = async (index: number): Promise<boolean> => {
    const tally = tallyOf(index);
    while (tally.yes < ENOUGH && tally.no < ENOUGH) tally[(await fits(index)) ? 'yes' : 'no']++;
    return tally.yes >= ENOUGH;
  };
  return {
    async seems(index) {
      if (!(await fits(index))) {
        tallyOf(index).no++;
        return isSure(index);
      }
      tallyOf(index).yes++;
      return true;
    },
    isSure,
  };
}

/** The least that seems to fit. First in strides that grow, away from the guess, then by halves. */
async function bracket(
  lowest: number, highest: number, guess: number, seems: (index: number) => Promise<boolean>,
): Promise<number> {
  let bad = lowest;
  let good = highest + 1;
  let at = guess;
  let stride = 1;
  while (good - bad > 1) {
    if (await seems(at)) good = at;
    else bad = at;
    if (good > highest) at = Math.min(highest, bad + stride);
    else if (bad === lowest) at = Math.max(lowest + 1, good - stride);
    else at = Math.floor((good + bad) / 2);
    stride *= 2;
  }
  return good;
}

/** The least that fits for certain, looked for from what seems to be it. */
async function confirm(
  first: number, lowest: number, highest: number, isSure: (index: number) => Promise<boolean>,
): Promise<number> {
  let found = first;
  while (found <= highest && !(await isSure(found))) found++;
  while (found - 1 > lowest && (await isSure(found - 1))) found--;
  return found;
}
