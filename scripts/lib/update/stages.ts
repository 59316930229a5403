import { Failure } from '../failure.ts';

/** A number of devices, or a share of them. */
export type Amount = { readonly count: number } | { readonly percent: number };

/** How far a roll-out goes at first, when nobody says it. */
export const STAGES = '1,10%,100%';

const RISING = 'Each one counts all devices so far: 1,10%,100%.';

/** Reads `10` or `10%`. Throws a Failure that names the option. */
export function readAmount(option: string, text: string): Amount {
  const found = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const number = Number(found?.[1]);
  if (!found || (found[2] ? number > 100 : !Number.isInteger(number))) {
    throw new Failure(`--${option} takes numbers and shares such as 5 or 10%, not "${text}"`);
  }
  return found[2] ? { percent: number } : { count: number };
}

/**
 * How many of `total` devices have been begun at the end of each stage, from `1,10%,100%`. Stages that would add
 * none are left out. Throws a Failure when they do not rise, or leave devices out.
 */
export function readStages(text: string, total: number): number[] {
  const ends = text.split(',').map((part) => {
    const amount = readAmount('stages', part);
    // Rounded up, so that a stage of 10 % of five devices is one of them.
    return 'count' in amount ? Math.min(amount.count, total) : Math.ceil((amount.percent / 100) * total - 1e-9);
  });
  if (ends.some((end, index) => end < (ends[index - 1] ?? 0))) {
    throw new Failure(`The stages ${text} do not rise`, RISING);
  }
  if (ends.at(-1) !== total) {
    throw new Failure(`The stages ${text} leave ${total - ends.at(-1)!} of ${total} devices out`, 'End with 100%.');
  }
  return ends.filter((end, index) => end > (ends[index - 1] ?? 0));
}

/** Throws a Failure for stages that are wrong however many devices there are. */
export function checkStages(text: string): void {
  const ends = text.split(',').map((part) => readAmount('stages', part));
  if (ends.some((end) => amount(end) === 0)) {
    throw new Failure(`The stages ${text} have one that begins nobody`, RISING);
  }
  const falls = ends.some((end, index) => {
    const before = ends[index - 1];
    return before !== undefined && 'count' in end === 'count' in before && amount(end) < amount(before);
  });
  if (falls) throw new Failure(`The stages ${text} do not rise`, RISING);
  const last = ends.at(-1)!;
  if ('percent' in last && last.percent < 100) {
    throw new Failure(`The stages ${text} leave devices out`, 'End with 100%.');
  }
}

function amount(end: Amount): number {
  return 'count' in end ? end.count : end.percent;
}

/** How many of `begun` devices may fail before a roll-out stops. */
export function mayFail(limit: Amount, begun: number): number {
  return 'count' in limit ? limit.count : Math.floor((limit.percent / 100) * begun + 1e-9);
}
