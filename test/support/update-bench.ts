import assert from 'node:assert/strict';
import d1Mini from '../../boards/d1-mini.ts';
import { chooseSlot, confirm } from '../../firmware/core/boot/choose.ts';
import { HEADER, imageFault, parseHeader, slotOffset } from '../../firmware/core/boot/image.ts';
import { readJournal, writeJournal } from '../../firmware/core/boot/journal.ts';
import type { Slot } from '../../firmware/core/boot/state.ts';
import { newestCopy } from '../../firmware/core/copy.ts';
import { MANIFESTS, SLOTS, UNIT } from '../../firmware/core/layout.ts';
import { SUBSCRIBE } from '../../firmware/core/mqtt/packet.ts';
import type { Asked } from '../../firmware/core/update/asked.ts';
import { authenticate } from '../../firmware/core/update/authenticate.ts';
import { createReceiver } from '../../firmware/core/update/receiver.ts';
import { review } from '../../firmware/core/update/review.ts';
import { createUpdater } from '../../firmware/core/update/updater.ts';
import type { Updater } from '../../firmware/core/update/updater.ts';
import { makeImage } from '../../scripts/lib/image.ts';
import { crc } from './crc.ts';
import { FakeStore, PowerCut } from './fake-store.ts';
import { CHUNK, KEY, manifestFor, orderFor, sha1 } from './manifest.ts';

/** Bytes of an update of real size: 44 chunks. */
const REAL = 22_300;

/** An image of real size whose bytes depend on its version; `size` is that of the code. */
export function imageOf(version: string, size = REAL): Buffer {
  let code = '';
  for (let i = 0; code.length < size; i++) code += `${version} line ${i * 7919};`;
  return makeImage(d1Mini, code.slice(0, size), version);
}

export interface Status {
  readonly state: string;
  readonly serial?: number;
  readonly version?: string;
  readonly runs: string;
  readonly reason?: string;
  readonly have?: number;
  readonly of?: number;
  readonly want?: number;
}

/** A device as an update sees it: flash, the loader's books, and a broker that holds chunks. Time passes by ticks. */
export class UpdateBench {
  readonly store = new FakeStore(SLOTS + 2 * d1Mini.slotUnits);
  readonly statuses: Status[] = [];
  /** Retained chunks by topic. */
  readonly retained = new Map<string, string>();
  /** Topics that were subscribed to. */
  readonly subscribed: string[] = [];
  readonly subscriptions = new Set<string>();
  /** Versions that never prove themselves. */
  readonly bad = new Set<string>();
  key = KEY;
  sounding = false;
  rests = true;
  online = true;
  /** Whether something was written or erased while the bell sounded. */
  wroteWhileSounding = false;
  restarts = 0;
  slot: Slot = 0;
  /** Set when the queue of messages is full. */
  isFull = false;
  updater!: Updater;
  private tasks: (() => void)[] = [];
  private isRestarting = false;

  /** A device whose image in slot a is `version`, and has proved itself. */
  constructor(version = '1.0.0') {
    this.putImage(0, imageOf(version));
    this.start();
    this.prove();
  }

  putImage(slot: Slot, image: Uint8Array): void {
    this.store.bytes.set(image, slotOffset(slot, d1Mini.slotUnits));
  }

  /** Version of the image that runs. */
  get version(): string {
    return this.header(this.slot)!.version;
  }

  /** Starts as the loader does, until an image runs that is no bad one. */
  start(reason = 'power on'): void {
    for (let tries = 0; tries < 10; tries++) {
      const journal = readJournal(this.store, crc);
      const fits = [0, 1].map((slot) => imageFault(this.store, crc, slot, d1Mini.slotUnits, 'd1-mini') === '');
      const slot = chooseSlot(journal.state, Number(fits[0]) | Number(fits[1]) << 1, tries ? 'restart' : reason);
      assert.notEqual(slot, -1, 'no slot is left: the device is bricked');
      writeJournal(this.store, crc, journal);
      this.slot = slot as Slot;
      if (!this.bad.has(this.version)) return this.run();
    }
    assert.fail('no image runs');
  }

  /** The running image is healthy. */
  prove(): void {
    const journal = readJournal(this.store, crc);
    confirm(journal.state);
    writeJournal(this.store, crc, journal);
    this.updater.prove();
  }

  /** Time passes. A restart happens at the end of its second, and the image then proves itself after 3 s. */
  seconds(count: number): void {
    for (let i = 0; i < count; i++) {
      if (!this.sounding) this.updater.tick(this.online ? 1 : 0, this.rests);
      this.work();
      if (!this.isRestarting) continue;
      this.isRestarting = false;
      this.restarts++;
      this.start('restart');
      this.seconds(3);
      this.prove();
    }
  }

  /** Power goes and comes; a running image proves itself. */
  replug(): void {
    this.store.restart();
    this.sounding = false;
    this.start();
    this.seconds(3);
    this.prove();
    this.seconds(2);
  }

  /** Hands the device a manifest, and lets it look at it. */
  offer(payload: string, seconds = 3): void {
    this.updater.offer(payload);
    this.seconds(seconds);
  }

  /** The broker gets the chunks of an image. */
  publish(image: Uint8Array, chunk = CHUNK): void {
    const text = Buffer.from(image).toString('latin1');
    for (let at = 0, n = 0; at < text.length; at += chunk, n++) {
      this.retained.set(this.topic(image, n), text.slice(at, at + chunk));
    }
  }

  topic(image: Uint8Array, n: number): string {
    return `bell/image/${orderFor(image).image}/${n}`;
  }

  /** Publishes an image and offers it under this serial. Gives what is said last, after so many seconds. */
  update(image: Uint8Array, serial: number, seconds = 60, force: 0 | 1 = 1): Status {
    this.publish(image);
    const { version } = parseHeader(Buffer.from(image).toString('latin1', 0, HEADER))!;
    this.offer(manifestFor(image, { serial, version, force }), seconds);
    return this.last;
  }

  get last(): Status {
    const status = this.statuses.at(-1);
    assert.ok(status, 'nothing was said');
    return status;
  }

  /** States that were said since the last question, without repetitions. */
  states(): string[] {
    const all = this.statuses.splice(0).map(({ state }) => state);
    return all.filter((state, i) => state !== all[i - 1]);
  }

  /** The newest manifest in flash. */
  get kept(): string {
    const copy = newestCopy(this.store, crc, MANIFESTS, 1);
    return copy ? this.store.read(copy.start, copy.length) : '';
  }

  /** What is in a slot, up to so many bytes. */
  slotBytes(slot: number, length: number): Buffer {
    return Buffer.from(this.store.read(slotOffset(slot, d1Mini.slotUnits), length), 'latin1');
  }

  private header(slot: number) {
    return parseHeader(this.store.read(slotOffset(slot, d1Mini.slotUnits), HEADER));
  }

  private run(): void {
    this.tasks = [];
    this.subscriptions.clear();
    this.updater = createUpdater({
      ask: (asked) => this.tasks.push(() => this.answer(asked)),
      key: () => this.key,
      rekey: (key) => {
        this.writes();
        this.key = key;
        return '';
      },
      restart: () => { this.isRestarting = true; },
    }, (callback) => this.tasks.push(callback), () => this.sounding, (verb, payload, qos, retain) => {
      if (this.isFull) return -1;
      assert.deepEqual([verb, qos, retain], ['update/status', 1, 1]);
      this.statuses.push(JSON.parse(payload) as Status);
      return 1;
    }, (type, [topic]) => this.request(type, String(topic)));
  }

  /** What the loader does. */
  private answer(asked: Asked): void {
    const store = this.watched();
    if (asked.task) asked.receiver = createReceiver(store, sha1, asked.task, asked);
    else {
      if (asked.offered) authenticate(asked, sha1);
      const journal = readJournal(store, crc);
      review(asked, {
        store, crc, digest: sha1, state: journal.state, id: 'front', prefix: 'bell', board: 'd1-mini',
        slotUnits: d1Mini.slotUnits, maxPacket: d1Mini.maxPacket, base: slotOffset(1 - this.slot, d1Mini.slotUnits),
        book: () => writeJournal(store, crc, journal),
      });
    }
    asked.done();
  }

  private request(type: number, topic: string): number {
    if (!this.online) return -1;
    if (type !== SUBSCRIBE) return Number(this.subscriptions.delete(topic));
    this.subscriptions.add(topic);
    this.subscribed.push(topic);
    const payload = this.retained.get(topic);
    const { updater } = this;
    if (payload !== undefined) this.tasks.push(() => updater.hear(payload));
    return 1;
  }

  private work(): void {
    for (let task = this.tasks.shift(); task && !this.isRestarting; task = this.tasks.shift()) task();
  }

  private writes(): void {
    if (this.sounding) this.wroteWhileSounding = true;
  }

  private watched(): FakeStore {
    const { store } = this;
    return new Proxy(store, {
      get: (target, name) => {
        if (name === 'write' || name === 'erase') this.writes();
        const value = Reflect.get(target, name) as unknown;
        return typeof value === 'function' ? (value as (...all: unknown[]) => unknown).bind(target) : value;
      },
    });
  }
}

export { PowerCut, UNIT };
