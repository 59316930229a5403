import type { Network, Settings } from '../config.ts';
import type { Link } from '../contracts.ts';
import type { Draft } from './form.ts';

/** What the form changes. */
export interface Change {
  id: string;
  wifi: Network[];
  mqtt: { host: string; port: number; username: string; password: string };
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
  /** What one of the programs leaves for the other. */
  form?: Form;
}

/** A form that was sent, on its way from one program to the other and back. */
export interface Form {
  draft: Draft;
  /** Who has sent it. */
  link: Link;
  /** The list of networks, and its number. */
  names: string[];
  list: number;
  /** Seconds for which the access point stays open, as `PortalParts` has it. */
  seconds: number;
  /** What is wrong with it; '' while nobody has looked, or nothing is. */
  fault: string;
  /** What it changes, once it is found good. */
  change?: Change | undefined;
}
