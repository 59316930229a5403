import type { Board } from '../boards/board.ts';
import type { Interpreter } from '../boards/interpreters.ts';
import type { BellLogin, BellNews, ImageFile, ImagesAnswer, PinAnswer } from './usb-messages.ts';

/** What the page needs of this computer to make a bell of a board at its USB port. `scripts/` has it. */
export interface UsbHelp {
  /** The content of Storage that a board is flashed with. */
  firmware(board: Board): Promise<Uint8Array>;
  /** Looks for the files of an interpreter; with `download` also in the network. */
  images(interpreter: Interpreter, download: boolean): Promise<ImagesAnswer>;
  /** The content of one of its files; undefined when it is not here. */
  image(interpreter: Interpreter, file: string): Promise<Uint8Array | undefined>;
  /** Compares hashes with those that count, and lets new ones count from now on. */
  pin(interpreter: Interpreter, files: readonly ImageFile[]): PinAnswer;
  /** Listens on a bell's broker for it to come online, and tells. */
  listen(login: BellLogin, tell: (news: BellNews) => void): BellLine;
}

/** A line to one bell. */
export interface BellLine {
  ring(): void;
  close(): void;
}

/** Something that a person can put right: message and cure. Any other error is a fault of ours. */
export interface Correctable extends Error {
  readonly cure: string;
}

/** Whether an error has a cure to tell. */
export function isCorrectable(error: unknown): error is Correctable {
  return error instanceof Error && typeof (error as Partial<Correctable>).cure === 'string';
}
