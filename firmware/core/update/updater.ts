import { BACK, CLEAR, LOOK, TRY } from '../boot/books.ts';
import type { Asked } from '../boot/books.ts';
import { slotOffset } from '../boot/image.ts';
import type { Crc } from '../bytes.ts';
import type { Settings } from '../config.ts';
import type { Store } from '../contracts.ts';
import { newestCopy, writeCopy, writeText } from '../copy.ts';
import { MANIFESTS, UNIT } from '../layout.ts';
import { hmac, nextKey } from './hmac.ts';
import type { Digest } from './hmac.ts';
import { HASH, listStart, readLine, readManifest, refusal } from './manifest.ts';
import type { Manifest, Order } from './manifest.ts';
import { createReceiver } from './receiver.ts';
import type { Receiver } from './receiver.ts';

/** Seconds from the news that the device is about to restart to the restart, so that the news gets away. */
const FAREWELL = 4;

/** What updates need of the hardware. */
export interface UpdateParts {
  store(): Store;
  crc: Crc;
  digest: Digest;
  /** Asks the loader's books. Not while the bell sounds: it may write. */
  ask(event: number): Asked;
  load(): Settings;
  /** The key for updates, '' for none. */
  key(): string;
  /** Stores another key for updates. Gives '' or why not. */
  rekey(key: string): string;
  restart(): void;
  version: string;
  board: string;
  /** The slot that runs, and units of each. */
  slot: 0 | 1;
  trial: 0 | 1;
  slotUnits: number;
  /** Largest packet, bytes. */
  maxPacket: number;
}

/** Updates over the air, as seen from the device. */
export interface Updater {
  /** A manifest has come. */
  offer(payload: string): void;
  /** Takes a message, if it is the chunk that is awaited. */
  take(topic: string, payload: string): boolean;
  /** Whether this is the packet identifier of a question for a chunk. */
  asked(id: number): boolean;
  /** The session is online again. */
  online(): void;
  /** The running image has proved itself: from now on, another one may be received. */
  prove(): void;
  /** A second has passed and the bell is silent; `rests`: its lock-out is over as well. */
  tick(isOnline: 0 | 1, rests: boolean): void;
}

/**
 * Makes the updater of a device. It remembers nothing that flash does not say: after each start, and whenever a
 * manifest comes, it looks at the newest manifest in flash and at both slots, and goes on from there.
 */
export function createUpdater(
  parts: UpdateParts,
  later: (callback: () => void) => void,
  sounding: () => boolean,
  say: (verb: string, payload: string, qos: number, retain: number) => number,
  request: (type: number, filters: (string | number)[], asks: number) => number,
): Updater {
  // A manifest that has come and was not looked at, or waits for the running image to prove itself.
  let offered = '';
  let isDue = 1;
  let isBegun = 0;
  let isProven = 0;
  // What is still to be said, and seconds until the restart.
  let news = '';
  let farewell = 0;
  let receiver: Receiver | 0 = 0;
  // What the receiver has come to: why it gave up, '' while there is nothing to say.
  let result = '';

  const tell = (manifest: Manifest | 0, said: { [key: string]: unknown }) => {
    if (manifest) {
      said.serial = manifest.serial;
      said.version = manifest.version || parts.version;
    }
    said.runs = parts.version;
    news = JSON.stringify(said);
  };

  /** Takes an authentic manifest that can be followed into flash. Gives whether it did. */
  const accept = (store: Store, kept: string, payload: string): boolean => {
    const mac = parts.digest('').length;
    const manifest = readManifest(payload, parts.key(), parts.digest);
    const newest = (kept && readLine(kept, mac)) as Manifest | '';
    let reason = '';
    if (typeof manifest === 'string') reason = manifest;
    else {
      reason = refusal(manifest, payload.length - listStart(payload, mac), {
        id: parts.load().id, board: parts.board, version: parts.version, newest: newest ? newest.serial : 0,
        room: parts.slotUnits * UNIT, chunk: parts.maxPacket - 80,
      });
      if (!reason && manifest.do === 'back') {
        const asked = parts.ask(LOOK);
        const fault = asked.fault || asked.loss;
        if (fault) reason = 'the other image ' + fault;
      }
    }
    if (!reason) {
      const copy = newestCopy(store, parts.crc, MANIFESTS, 1);
      const fault = writeCopy(store, parts.crc, MANIFESTS, 1, copy, (start) => {
        return writeText(store, start, payload.padEnd(payload.length + 3 & ~3, '\xff')) ? payload.length : -2;
      });
      if (fault) reason = 'the flash does not take the manifest';
    }
    if (reason) tell(typeof manifest === 'string' ? 0 : manifest, { state: 'refused', reason });
    return !reason;
  };

  const leave = (manifest: Manifest, event: number) => {
    const reason = parts.ask(event).fault;
    if (reason) return tell(manifest, { state: 'failed', reason });
    tell(manifest, { state: 'trial' });
    farewell = FAREWELL;
  };

  const changeKey = (manifest: Manifest, kept: string, mac: number) => {
    const key = parts.key();
    let reason = '';
    // When it was made with another key than today's, the change was made before.
    if (hmac(parts.digest, key, kept.substr(mac)) === kept.substr(0, mac)) {
      reason = parts.rekey(nextKey(parts.digest, key, manifest.salt as string));
    }
    tell(manifest, reason ? { state: 'failed', reason } : { state: 'key changed' });
  };

  const goBack = (manifest: Manifest, isFresh: boolean) => {
    if (isFresh) return leave(manifest, BACK);
    const asked = parts.ask(LOOK);
    if (!asked.back) return tell(manifest, { state: 'rolled back', reason: asked.loss || 'interrupted' });
    if (isProven) tell(manifest, { state: 'confirmed' });
  };

  const run = (order: Order, first: string, store: Store, isFresh: boolean) => {
    const isIn = (slot: number) => {
      const bytes = store.read(slotOffset(slot, parts.slotUnits), Math.min(order.chunk, order.size));
      return parts.digest(bytes).substr(0, HASH) === first;
    };
    if (isIn(parts.slot)) {
      return tell(order, { state: isFresh ? 'current' : parts.trial && !isProven ? 'trial' : 'confirmed' });
    }
    const asked = parts.ask(LOOK);
    const isThere = isIn(1 - parts.slot);
    if (isThere && asked.loss && !isFresh) return tell(order, { state: 'rolled back', reason: asked.loss });
    if (!isProven || receiver) return;
    if (isThere && !asked.fault) return leave(order, TRY);
    if (result) return tell(order, { state: 'failed', reason: result });
    parts.ask(CLEAR);
    isBegun = 1;
  };

  /** Looks at what has come, and at what flash says, and does what follows. */
  const review = () => {
    if (sounding()) return;
    isDue = 0;
    const store = parts.store();
    const copy = newestCopy(store, parts.crc, MANIFESTS, 1);
    let kept = copy ? store.read(copy.start, copy.length) : '';
    let isFresh = false;
    if (offered === kept) offered = '';
    if (offered && isProven) {
      const payload = offered;
      offered = '';
      isFresh = accept(store, kept, payload);
      if (!isFresh) return;
      kept = payload;
      if (receiver) receiver.stop();
      receiver = 0;
      result = '';
    }
    if (!kept) return;
    const mac = parts.digest('').length;
    const manifest = readLine(kept, mac) as Manifest;
    if (manifest.do === 'key') changeKey(manifest, kept, mac);
    else if (manifest.do === 'back') goBack(manifest, isFresh);
    else run(manifest as Order, kept.substr(listStart(kept, mac), HASH), store, isFresh);
  };

  const progress = (order: Order, have: number, count: number, want: number) => {
    const said: { [key: string]: unknown } = { state: 'receiving', have, of: count };
    if (want >= 0) said.want = want;
    tell(order, said);
  };

  const begin = () => {
    isBegun = 0;
    receiver = createReceiver(
      parts.store(), parts.crc, parts.digest, slotOffset(1 - parts.slot, parts.slotUnits), parts.load().prefix,
      later, sounding, request, progress, (reason) => {
        receiver = 0;
        result = reason || 'incomplete';
        isDue = 1;
      },
    );
  };

  /** Says what is new, and does what is due. The stack here is that of the tick. */
  const online = () => {
    if (news && say('update/status', news, 1, 1) >= 0) news = '';
    if (farewell) return;
    if (isDue) later(review);
    else if (receiver) receiver.tick();
    else if (isBegun) later(begin);
  };

  return {
    offer: (payload) => {
      // An empty message is what is left of a retained one that was taken away.
      if (!payload) return;
      offered = payload;
      isDue = 1;
    },
    take: (topic, payload) => !!receiver && receiver.take(topic, payload),
    asked: (id) => !!receiver && receiver.asked(id),
    online: () => {
      if (receiver) receiver.online();
    },
    prove: () => {
      isProven = isDue = 1;
    },
    tick: (isOnline, rests) => {
      if (farewell && !--farewell) {
        if (rests) parts.restart();
        farewell = 1;
      }
      if (isOnline) online();
    },
  };
}
