import type { Network, Settings } from '../config.ts';
import type { Link } from '../contracts.ts';
import type { Draft } from './form.ts';

/** What the form changes. A login that is not in it stays. */
export interface Change {
  id: string;
  wifi: Network[];
  mqtt: { host: string; port: number; username?: string; password?: string };
}

/**
 * What an image that runs hands to the programs of the access point, which it runs now and then while it has no
 * network. This is where they meet, and those programs are never replaced over the air: later images must fit to them.
 */
export interface Lonely {
  /** Seconds without a network: since the start, or since it was lost. */
  readonly alone: number;
  /** Whether there is a network by now. */
  up(): boolean;
  sounding(): boolean;
  /** One part of the settings: `id`, which is never empty, `wifi`, `mqtt` or `portal`. */
  load<Name extends 'id' | 'wifi' | 'mqtt' | 'portal'>(name: Name): Settings[Name];
  /** Changes these settings, which are checked, and leaves all others. Gives '' or why not. */
  save(change: Change): string;
  /** Runs the program again when there was no network for so many seconds in all. */
  again(alone: number): void;
  /** The image does not try to join a network for so many seconds. */
  rest(seconds: number): void;
  /** What the programs leave for each other: the state of the access point, and a form on its way. */
  around?: Around;
  form?: Form | undefined;
}

/** What the first program has to do: nothing, so that the form is served; look for networks; be a station again. */
export const SERVE = 0;
export const LOOK = 1;
export const LEAVE = 2;

/** An access point that is open. Its names are short: a longer one costs a variable more. */
export interface Around {
  /** Names of the networks that were found (`names.ts`), the number of this list, and whether one of ours is there. */
  nets: string;
  list: number;
  home: 0 | 1;
  /** Seconds for which it stays open, -1 for ever, and seconds for which somebody is at the form. */
  left: number;
  care: number;
  task: number;
}

/** A form that was sent, on its way from one program to the other and back. */
export interface Form {
  /** What was filled in; gone once it is found good. */
  draft?: Draft | undefined;
  /** Who has sent it. */
  link: Link;
  /** What is wrong with it; '' while nobody has looked, or nothing is. */
  fault: string;
  /** What it changes, once it is found good. */
  change?: Change | undefined;
}
