import type { Settings } from './config.ts';
import type { Clock, Link, Output } from './contracts.ts';
import type { Part } from './settings/part.ts';
import type { UpdateParts } from './update/updater.ts';

/** The device around the logic: what `main.ts` hands to it. */
export interface Parts extends UpdateParts {
  relay: Output;
  /** 1 when the relay may have been on just before this start. */
  warm: 0 | 1;
  clock: Clock;
  /**
   * One part of the settings as they are stored now, defaults filled in. Read for each use: nobody keeps a password in
   * memory, and all parts together take more of it than what uses them.
   */
  load<Name extends Part>(part: Name): Settings[Name];
  /** A part without the secrets, as JSON. */
  show(part: string): string;
  /** Applies a patch to the settings and stores them. Gives '' or the reason why not. */
  patch(text: string): string;
  /** Opens a connection to the broker of these settings and leads its events to these. May throw. */
  dial(
    mqtt: Settings['mqtt'],
    opened: () => void,
    received: (chunk: string) => void,
    closed: (reason: unknown) => void,
  ): Link;
  crc(bytes: string): number;
  /** Seconds of the interpreter's clock, which is set now and then, but never while a function runs. */
  seconds(): number;
  /** Unix time, s, or 0 while the clock is not set. */
  now(): number;
  blink(times: number): void;
  /** Sets the clock by this server, if it answers. */
  askTime(server: string): void;
  /** What only the hardware knows, for `info`: version, board, address, reason of the last restart … */
  facts(): { [key: string]: unknown };
  /** What only the hardware knows, for `stats`. */
  figures(): { [key: string]: unknown };
  /** Why the settings that were handed over at this start were refused, or ''. */
  complaint: string;
  /** The image has proved itself. */
  healthy(): void;
  /** Whether the interpreter has run out of memory since it was last asked: listeners may be missing. */
  isBroken(): boolean;
  restart(): void;
  /** Lets go of what the interpreter has made for what is rarely done; now and then, with nothing else on the stack. */
  forget(): void;
  /** Limits of the board, bytes and ms. */
  maxPacket: number;
  maxQueue: number;
  maxStroke: number;
  trial: 0 | 1;
}

/** A device: what the hardware tells it. */
export interface Device {
  /** The network has come (1) or is gone (0); `text` is its address or the reason. */
  network(up: 0 | 1, text: string): void;
  /** The button was pressed. */
  pressed(): void;
  /** Whether a ring is sounding, or its hardware may still switch: no flash may be written. */
  sounding(): boolean;
  /** A second has passed. */
  tick(): void;
}
