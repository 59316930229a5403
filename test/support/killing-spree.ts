import { setTimeout as wait } from 'node:timers/promises';
import linux from '../../boards/linux.ts';
import { imageFault } from '../../firmware/core/boot/image.ts';
import { readJournal } from '../../firmware/core/boot/journal.ts';
import { SUBSCRIBE } from '../../firmware/core/mqtt/packet.ts';
import { regionStore } from '../../scripts/lib/region.ts';
import { Random } from '../../simulator/random.ts';
import { crc } from './crc.ts';
import type { MortalBell } from './mortal-bell.ts';

/** A moment that does not come within this time is not waited for any longer, ms. */
const PATIENCE = 4000;

/** Cuts the power of a bell at moments that a seed chooses: in a start, at a chunk, on trial, or whenever. */
export class KillingSpree {
  kills = 0;
  /** How many kills there were, by what the flash says that the bell was at. */
  readonly at = new Map<string, number>();
  private readonly random = new Random();

  constructor(private readonly mortal: MortalBell, seed: number) {
    this.random.seed(seed);
    // The first numbers after a small seed are alike.
    for (let i = 0; i < 20; i++) this.random.next();
  }

  /** A number from 0 on, below `limit`. */
  below(limit: number): number {
    return this.random.next() % limit;
  }

  /** Waits for a moment, kills the interpreter, and starts it again. */
  async kill(): Promise<void> {
    const { hardware } = this.mortal.bell;
    await this.moment();
    await hardware.unplug();
    this.kills++;
    const place = this.place();
    this.at.set(place, (this.at.get(place) ?? 0) + 1);
    hardware.plug();
  }

  private async moment(): Promise<void> {
    const kinds = [
      () => wait(this.below(250)),
      () => this.chunk(),
      () => this.chunk(),
      () => this.trial(),
      () => wait(this.below(PATIENCE)),
    ];
    await kinds[this.below(kinds.length)]!();
  }

  /** The moment in which some chunk is asked for, or is about to be written. */
  private async chunk(): Promise<void> {
    const { sent } = this.mortal.scene.wire;
    const chunks = 1 + this.below(45);
    const asked = () => sent.filter((type) => type === SUBSCRIBE).length;
    const before = asked();
    await this.patient(() => asked() >= before + chunks);
    await wait(this.below(8));
  }

  /** Some moment after a restart that the bell has made itself. */
  private async trial(): Promise<void> {
    const { hardware } = this.mortal.bell;
    const before = hardware.restarts;
    await this.patient(() => hardware.restarts > before);
    await wait(this.below(2500));
  }

  /** Waits until something is so, but not for ever: it may never be. */
  private async patient(done: () => boolean): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!done() && Date.now() < end) await wait(5);
  }

  /** What the bell was at, by what its flash says. */
  private place(): string {
    const store = regionStore(this.mortal.bell.hardware.flash(), linux);
    const { state } = readJournal(store, crc);
    if (state.open) return state.trial ? 'on trial' : 'before it had proved itself';
    if (state.trial) return 'just before a trial';
    const lacks = imageFault(store, crc, 1 - state.slot, linux.slotUnits, linux.id);
    return lacks ? 'while chunks came' : 'with two whole images';
  }
}
