import type { MqttClient } from 'mqtt';
import type { Progress } from '../progress.ts';
import type { Book } from './book.ts';
import type { Chunks } from './chunks.ts';
import { Direct } from './direct.ts';
import { cut, type PushedImage } from './image-file.ts';
import type { Keys } from './keys.ts';
import { Orders } from './orders.ts';
import { pause } from './roll-call.ts';
import {
  begin, excuse, hasEnded, listen, nextStep, untouched, WRONG_KEY, type Rollout, type Target,
} from './rollout.ts';
import { followReports, subscribeReports } from './status-topics.ts';
import type { Report } from './status.ts';
import { progressOf, shareOf } from './words.ts';

/** What a roll-out works with. */
export interface Desk {
  readonly client: MqttClient;
  readonly chunks: Chunks;
  readonly prefix: string;
  /** Names the broker and the prefix in the book. */
  readonly place: string;
  readonly book: Book;
  readonly keys: Keys;
  saveKeys(): void;
  /** By board. */
  readonly images: ReadonlyMap<string, PushedImage>;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Seconds after which a device that says nothing is called silent. */
  readonly patience: number;
  /** Whether progress is a bar that is redrawn; otherwise, a line for each change would fill pages. */
  readonly isDrawn: boolean;
  /** Says something beside the bar. */
  note(text: string): void;
}

/** Time between two looks at what is due, ms, when nothing is heard. */
const LOOK = 250;
/** A look takes time for each device: for so many devices, two of them are a millisecond apart, whatever is heard. */
const PER_MS = 20;

/** One roll-out at work. */
export class Runner {
  private readonly rollout: Rollout;
  private readonly orders: Orders;
  private readonly pieces = new Map<string, Buffer[]>();
  private readonly direct: Direct;
  private news: AbortController = new AbortController();
  private isBack = false;
  private readonly wrong = new Set<Target>();
  /** What is still on its way to the broker. */
  private readonly underWay: Promise<unknown>[] = [];

  constructor(private readonly desk: Desk) {
    this.rollout = desk.book.rollout!;
    this.orders = new Orders(this.rollout, desk.images, desk.keys, desk.saveKeys);
    for (const { name, bytes, board } of desk.images.values()) this.pieces.set(name, cut(bytes, board.chunk));
    this.direct = new Direct({
      count: (image) => this.pieces.get(image)?.length ?? 0,
      send: (image, n) => desk.chunks.send(image, n, this.pieces.get(image)![n]!),
      after(ms, callback) {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
      now: () => Date.now(),
    });
  }

  /** Works until the roll-out has ended, or the user interrupts. */
  async run(): Promise<void> {
    const { client, prefix, signal } = this.desk;
    const back = (): void => void (this.isBack = true);
    const deaf = followReports(client, prefix, this.rollout, this.heard);
    client.on('connect', back);
    const wake = (): void => this.news.abort();
    signal.addEventListener('abort', wake);
    try {
      await this.layImages();
      if (signal.aborted) return;
      await subscribeReports(client, prefix, this.rollout);
      await this.publish(this.rollout.targets.filter((target) => target.serial && !hasEnded(target)));
      while (!signal.aborted && (await this.turn())) await this.rest();
      if (this.rollout.state === 'stopped') await this.withdraw();
      if (!signal.aborted) await Promise.all(this.underWay);
    } finally {
      this.direct.stop();
      deaf();
      client.off('connect', back);
      signal.removeEventListener('abort', wake);
      this.desk.progress.done();
      this.desk.book.save();
    }
  }

  /** Does what is due; false when the roll-out has ended. */
  private async turn(): Promise<boolean> {
    const { desk, rollout } = this;
    const now = Date.now();
    if (this.isBack) await this.comeBack(now);
    if (desk.client.connected) listen(rollout, desk.patience, now);
    else excuse(rollout, now);
    const again = [...this.wrong];
    this.wrong.clear();
    if (again.length) await this.ask(again);
    const step = nextStep(rollout);
    if (step === 'ended') return false;
    if (step !== 'wait') await this.ask(step);
    const text = desk.client.connected ? progressOf(rollout, desk.isDrawn) : 'the broker is away';
    desk.progress.at(shareOf(rollout), text);
    desk.book.saveSoon(now);
    return true;
  }

  private async rest(): Promise<void> {
    await pause(LOOK, this.news.signal);
    const gather = Math.min(LOOK, Math.floor(this.rollout.targets.length / PER_MS));
    if (gather && this.news.signal.aborted) await pause(gather, this.desk.signal);
    this.news = new AbortController();
  }

  /** Publishes all images, and finds out whether the broker keeps them. */
  private async layImages(): Promise<void> {
    const { book, chunks, images, place, progress } = this.desk;
    const total = [...this.pieces.values()].reduce((sum, { length }) => sum + length, 0);
    let laid = 0;
    for (const { name, board } of images.values()) {
      const pieces = this.pieces.get(name)!;
      book.lay(name, place, pieces.length);
      book.save();
      await chunks.lay(name, pieces, () => progress.at(++laid / total, `publishing the image for ${board.id}`));
    }
    const [first] = this.pieces.keys();
    if (!first || this.desk.signal.aborted || (await chunks.isKept(first))) return;
    progress.done();
    this.desk.note('This broker keeps no messages: chunks are sent directly, and this program has to run to the end.');
  }

  /** After an outage: a broker may have lost what it kept. */
  private async comeBack(now: number): Promise<void> {
    this.isBack = false;
    excuse(this.rollout, now);
    await this.layImages();
    await this.publish(this.rollout.targets.filter((target) => target.serial && !hasEnded(target)));
  }

  /** Gives new manifests to devices. */
  private async ask(targets: readonly Target[]): Promise<void> {
    const { book } = this.desk;
    const now = Date.now();
    const serial = book.nextSerial(now);
    for (const target of targets) begin(target, serial, now);
    book.assign(new Map(targets.map(({ id, board }) => [id, this.desk.images.get(board)?.name])));
    // Before it is published, so that whoever goes on after us knows the serial.
    book.save();
    await this.publish(targets);
  }

  private async publish(targets: readonly Target[]): Promise<void> {
    await this.desk.chunks.keep(targets.map((target) => {
      return [`${target.id}/update`, this.orders.manifestFor(target)] as const;
    }));
  }

  private readonly heard = (target: Target, { want }: Report): void => {
    const { id, standing } = target;
    const image = this.desk.images.get(target.board)?.name;
    if (standing === 'receiving' && want !== undefined && image) this.direct.want(id, image, want);
    else if (standing !== 'receiving') this.direct.end(id);
    if (standing === 'done') this.settle(target);
    if (target.reason === WRONG_KEY && standing === 'refused' && this.orders.tryNext(target)) {
      Object.assign(target, { standing: 'sent', endedAt: 0 });
      this.wrong.add(target);
    }
    this.news.abort();
  };

  private settle(target: Target): void {
    this.orders.settle(target);
    // It is under a key that the device has no more, and would be refused at each start.
    if (this.rollout.do === 'key') this.underWay.push(this.desk.chunks.keep([[`${target.id}/update`, '']]));
  }

  /** Takes manifests back from those who have not begun: a device that returns must not take a bad image. */
  private async withdraw(): Promise<void> {
    const targets = untouched(this.rollout);
    await this.desk.chunks.keep(targets.map(({ id }) => [`${id}/update`, ''] as const));
    this.desk.book.assign(new Map(targets.map(({ id }) => [id, undefined])));
    for (const target of targets) {
      if (target.standing !== 'silent') Object.assign(target, { standing: 'planned', serial: 0 });
    }
  }
}
