import type { RomChip } from '../../../boards/interpreters.ts';
import { FlashMemory } from './flash-memory.ts';
import { LoaderProgram } from './loader-program.ts';
import { models, type Model } from './models.ts';
import { twoTransistors, type ResetCircuit } from './reset-circuit.ts';
import { frame, Unframer } from './slip.ts';

/** What goes wrong, and when. */
export interface Faults {
  /** Answers nothing any more from this request of the loader on, counted from 1. */
  deafFrom?: number;
  /** Is unplugged when it takes this request. */
  unpluggedAt?: number;
  /** Bits that are turned on the way: the loader sees a byte of this request changed. */
  garbledAt?: number;
}

export interface ChipOptions {
  readonly mac?: readonly number[];
  readonly flashKb?: number;
  readonly circuit?: ResetCircuit;
  /** What the flash holds at first; a used chip may hold anything. */
  readonly fill?: number;
  /** Whether an unknown request is answered under its own number (real ROMs differ). */
  readonly echoesUnknown?: boolean;
}

/**
 * An imitation of an Espressif chip at the end of a serial line: reset lines, ROM loader, the stub
 * that is loaded into it, and its flash.
 *
 * It runs no program; whoever wants one sets `onApp`, and gets what is sent to it.
 */
export class FakeChip {
  readonly model: Model;
  readonly flash: FlashMemory;
  readonly mac: readonly number[];
  readonly flashKb: number;
  /** Name of each request that the loader took, in order. */
  readonly requests: string[] = [];
  /** What the lines have been, as `D0R1`. */
  readonly lines: string[] = [];
  /** How often the program in flash was started. */
  starts = 0;
  mode: 'held' | 'download' | 'app' = 'app';
  baud = 115200;
  faults: Faults = {};
  /** Where what it sends goes to. */
  onSend: (bytes: Uint8Array) => void = () => undefined;
  /** The program in flash was started; gives what takes its input. */
  onApp: (send: (text: string) => void) => (bytes: Uint8Array) => void = () => () => undefined;
  /** The program in flash has ended: the chip is held in reset, or starts its loader. */
  onAppEnd: () => void = () => undefined;
  /** It was pulled out of the computer. */
  onUnplug: () => void = () => undefined;

  private readonly circuit: ResetCircuit;
  private readonly unframer: Unframer;
  private program: LoaderProgram;
  private app: (bytes: Uint8Array) => void = () => undefined;
  private readonly echoesUnknown: boolean;

  constructor(name: RomChip, options: ChipOptions = {}) {
    this.model = models[name];
    this.mac = options.mac ?? [0x5c, 0xcf, 0x7f, 0x12, 0x34, 0x56];
    // Each chip comes with what its interpreter needs.
    this.flashKb = options.flashKb ?? (this.model.name === 'ESP32-S3' ? 8192 : 4096);
    this.flash = new FlashMemory(this.flashKb, options.fill);
    this.circuit = options.circuit ?? twoTransistors();
    this.echoesUnknown = options.echoesUnknown ?? false;
    this.program = this.newProgram();
    this.unframer = new Unframer((packet) => this.take(packet));
  }

  /** The lines of the port, both at once; true is asserted. */
  setLines(dtr: boolean, rts: boolean): void {
    this.lines.push(`D${Number(dtr)}R${Number(rts)}`);
    const change = this.circuit.set(dtr, rts);
    if (change === 'held') this.hold();
    else if (change) this.start(change);
  }

  /** What the button for the boot mode and the reset button do together. */
  start(mode: 'app' | 'download'): void {
    this.hold();
    this.mode = mode;
    this.baud = 115200;
    this.program = this.newProgram();
    this.sendText(this.model.bootText[mode === 'app' ? 0 : 1]);
    if (mode === 'download') return;
    this.starts++;
    this.app = this.onApp((text) => this.sendText(text));
  }

  /** Bytes from the computer, sent at `baud`; undefined where the line does not tell. */
  receive(bytes: Uint8Array, baud?: number): void {
    if (baud !== undefined && baud !== this.baud) return;
    if (this.mode === 'download') this.unframer.push(bytes);
    else if (this.mode === 'app') this.app(bytes);
  }

  /** Plugged in again: powered up, and whole. */
  plugIn(): void {
    this.faults = {};
    this.start('app');
  }

  private hold(): void {
    if (this.mode === 'app') this.onAppEnd();
    this.mode = 'held';
  }

  private newProgram(): LoaderProgram {
    return new LoaderProgram(this, this.echoesUnknown, (packet) => this.onSend(frame(packet)));
  }

  private take(packet: Uint8Array): void {
    const { deafFrom, unpluggedAt, garbledAt } = this.faults;
    const count = this.requests.push(LoaderProgram.nameOf(packet));
    if (unpluggedAt !== undefined && count >= unpluggedAt) {
      this.hold();
      return this.onUnplug();
    }
    if (deafFrom !== undefined && count >= deafFrom) return;
    if (count === garbledAt) packet[packet.length - 1]! ^= 0x10;
    this.program.take(packet);
  }

  private sendText(text: string): void {
    this.onSend(Buffer.from(text, 'latin1'));
  }
}
