/** One way in which an image can be bad. */
export interface Fault {
  /** What is wrong, behind "it" or "which". */
  readonly what: string;
  /** What will be seen, for people. */
  readonly then: string;
  /** The real bundle with this fault in it. Throws when the bundle has no place for it. */
  spoil(bundle: string): string;
}

/** The word by which a client says which protocol it speaks (MQTT 3.1.1, 3.1.2.1). */
const PROTOCOL = 'MQTT';

/**
 * Images that are bad on purpose: the real bundle with one small change each. Running out of memory is not among
 * them: the simulated board has no measure of memory, so that it could only pretend.
 */
export const FAULTS = {
  throws: {
    what: 'throws at its first line',
    then: 'The loader sees that the image has stopped, and goes back at once.',
    spoil: (bundle) => `throw new Error("bad on purpose");${bundle}`,
  },
  loops: {
    what: 'loops for ever',
    then: 'The chip’s watchdog restarts it after 3 s. After three such starts the loader goes back: under a minute.',
    spoil: (bundle) => `while(1);${bundle}`,
  },
  lost: {
    what: 'never comes online',
    then: 'It greets the broker with a wrong word and is not let in. The loader gives each of three starts 3 minutes,'
      + ' then goes back: make the time of that device run faster.',
    spoil: (bundle) => {
      const parts = bundle.split(PROTOCOL);
      if (parts.length !== 2) throw new Error(`the bundle says "${PROTOCOL}" ${parts.length - 1} times, and not once`);
      return parts.join('MOTT');
    },
  },
} as const satisfies Record<string, Fault>;

/** How an image is bad, by name. */
export type FaultName = keyof typeof FAULTS;

/** The names of all faults, the quickest to be undone first. */
export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
