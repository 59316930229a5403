import type { Board } from '../../../boards/board.ts';
import type { Interpreter } from '../../../boards/interpreters.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { draftOf, type Draft } from './draft.ts';
import type { FoundImages } from './images.ts';
import type { State } from './state.ts';

/** What was answered for one device. */
interface Answers {
  board?: Board;
  /** Given and not on the device yet. */
  settings?: Settings;
  portal?: State['portal'];
}

/** What this page remembers while it is open, so that work that was cut off asks nothing twice. */
export class Memory {
  readonly images = new Map<Interpreter, FoundImages>();
  private readonly devices = new Map<string, Answers>();

  private last: Draft = draftOf();

  /** The answers for the device of this address, with or without colons. */
  of(mac: string): Answers {
    const serial = mac.replaceAll(':', '');
    const known = this.devices.get(serial) ?? {};
    this.devices.set(serial, known);
    return known;
  }

  /** A form for a device: with what it has; else with network and broker of the last one, which are often the same. */
  draftFor(known?: Settings): Draft {
    this.last = known ? draftOf(known) : { ...this.last, id: '', key: '', rest: {} };
    return this.last;
  }
}
