import { HEADER, imageFault, parseHeader, slotOffset } from '../boot/image.ts';
import { SENT_BACK } from '../boot/state.ts';
import type { State } from '../boot/state.ts';
import { clear, goBack, lossOf, tryOther } from '../boot/trial.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { newestCopy, writeCopy, writeText } from '../copy.ts';
import type { Copy } from '../copy.ts';
import { MANIFESTS, UNIT } from '../layout.ts';
import type { Asked, Receiver } from './asked.ts';
import { hmac, nextKey } from './hmac.ts';
import type { Digest } from './hmac.ts';
import { HASH, listStart, readLine, readManifest, refusal } from './manifest.ts';
import type { Manifest, Order } from './manifest.ts';

/** Bytes of a packet around a chunk: topic, lengths, identifier. */
const AROUND = 80;

/** What the loader knows. */
export interface Ground {
  readonly store: Store;
  readonly crc: Crc;
  readonly digest: Digest;
  /** What the journal says. It is changed, and then booked. */
  readonly state: State;
  /** Makes `state` the newest entry of the journal. False when it cannot. */
  book(): boolean;
  /** The device's id, and its key for updates, '' for none. */
  readonly id: string;
  readonly key: string;
  readonly board: string;
  readonly slotUnits: number;
  /** Largest packet, bytes. */
  readonly maxPacket: number;
  /** Fetches what the other slot lacks of the image that the newest manifest asks for. */
  receive(runs: string): Receiver;
}

/**
 * Does what is to be done about updates, as far as it can be done at once: looks at the manifest that has come, at the
 * newest one in flash, and at both slots. Nothing is remembered that flash does not say, so that it goes on from there
 * after a power cut at any moment. Not while the bell sounds: it may write.
 */
export function review(asked: Asked, ground: Ground): void {
  const store = ground.store;
  const digest = ground.digest;
  const state = ground.state;
  const mac = digest('').length;
  const other = 1 - state.slot;

  /** Version of the image that runs. */
  const runs = () => {
    const image = parseHeader(store.read(slotOffset(state.slot, ground.slotUnits), HEADER));
    return image ? image.version : '';
  };

  const fault = () => imageFault(store, ground.crc, other, ground.slotUnits, ground.board);

  const tell = (manifest: Manifest | 0, word: string, reason: string) => {
    const said: { [key: string]: unknown } = { state: word, runs: runs() };
    if (manifest) {
      said.serial = manifest.serial;
      said.version = manifest.version || said.runs;
    }
    if (reason) said.reason = reason;
    asked.say(JSON.stringify(said));
  };

  /** Why an authentic manifest is not followed, or ''. */
  const judge = (manifest: Manifest, list: number, kept: string) => {
    const newest = kept && readLine(kept, mac);
    const reason = refusal(manifest, list, {
      id: ground.id, board: ground.board, version: runs(), newest: newest ? newest.serial : 0,
      room: ground.slotUnits * UNIT, chunk: ground.maxPacket - AROUND,
    });
    if (reason || manifest.do !== 'back') return reason;
    const lack = fault() || lossOf(state);
    return lack && 'the other image ' + lack;
  };

  const keep = (payload: string): boolean => {
    const newest = newestCopy(store, ground.crc, MANIFESTS, 1);
    return !writeCopy(store, ground.crc, MANIFESTS, 1, newest, (start) => {
      return writeText(store, start, payload.padEnd(payload.length + 3 & ~3, '\xff')) ? payload.length : -2;
    });
  };

  /** Takes the manifest that has come into flash, unless it is refused. */
  const accept = (kept: string): boolean => {
    const payload = asked.offered;
    const manifest = readManifest(payload, ground.key, digest);
    asked.offered = '';
    const list = payload.length - listStart(payload, mac);
    let reason = typeof manifest === 'string' ? manifest : judge(manifest, list, kept);
    if (!reason && !keep(payload)) reason = 'the flash does not take the manifest';
    if (reason) tell(typeof manifest === 'string' ? 0 : manifest, 'refused', reason);
    return !reason;
  };

  const leave = (manifest: Manifest) => {
    if (!ground.book()) return tell(manifest, 'failed', 'the journal cannot be written');
    asked.leave = 1;
    tell(manifest, 'trial', '');
  };

  const changeKey = (manifest: Manifest, kept: string) => {
    // When it was made with another key than today's, the change was made before.
    if (hmac(digest, ground.key, kept.substr(mac)) === kept.substr(0, mac)) {
      asked.key = nextKey(digest, ground.key, manifest.salt as string);
    }
    tell(manifest, 'key changed', '');
  };

  const back = (manifest: Manifest, isFresh: boolean) => {
    if (isFresh) {
      goBack(state);
      return leave(manifest);
    }
    if (state.loss !== SENT_BACK) tell(manifest, 'rolled back', lossOf(state) || 'interrupted');
    else if (!state.open) tell(manifest, 'confirmed', '');
  };

  const run = (order: Order, first: string, isFresh: boolean) => {
    const isIn = (slot: number) => {
      const bytes = store.read(slotOffset(slot, ground.slotUnits), Math.min(order.chunk, order.size));
      return digest(bytes).substr(0, HASH) === first;
    };
    if (isIn(state.slot)) return tell(order, isFresh ? 'current' : state.trial ? 'trial' : 'confirmed', '');
    const isThere = isIn(other);
    if (isThere && !isFresh && lossOf(state)) return tell(order, 'rolled back', lossOf(state));
    if (state.open || asked.receiver) return;
    if (isThere && !fault()) {
      tryOther(state);
      return leave(order);
    }
    if (asked.result && !isFresh) return tell(order, 'failed', asked.result);
    clear(state);
    if (ground.book()) asked.receiver = ground.receive(runs());
  };

  const newest = newestCopy(store, ground.crc, MANIFESTS, 1);
  let kept = newest ? store.read(newest.start, newest.length) : '';
  let isFresh = false;
  if (asked.offered === kept) asked.offered = '';
  // Nothing is begun before the running image has proved itself: it could be the other one that is needed next.
  if (asked.offered && !state.open) {
    isFresh = accept(kept);
    if (!isFresh) return;
    const copy = newestCopy(store, ground.crc, MANIFESTS, 1) as Copy;
    kept = store.read(copy.start, copy.length);
    if (asked.receiver) asked.receiver.stop();
    asked.receiver = 0;
  }
  const manifest = kept && readLine(kept, mac);
  if (!manifest) return;
  if (manifest.do === 'key') changeKey(manifest, kept);
  else if (manifest.do === 'back') back(manifest, isFresh);
  else run(manifest as Order, kept.substr(listStart(kept, mac), HASH), isFresh);
}
