import { HEADER, imageFault, parseHeader, slotOffset } from '../boot/image.ts';
import { SENT_BACK } from '../boot/state.ts';
import type { State } from '../boot/state.ts';
import { clear, goBack, lossOf, tryOther } from '../boot/trial.ts';
import type { Crc } from '../bytes.ts';
import type { Store } from '../contracts.ts';
import { copyStart, eraseCopy, newestCopy, nextPlace, sealCopy, writeText } from '../copy.ts';
import type { Copy } from '../copy.ts';
import { MANIFESTS, UNIT } from '../layout.ts';
import type { Asked } from './asked.ts';
import type { Digest } from './hmac.ts';
import { HASH, listStart, readLine, refusal } from './manifest.ts';
import type { Manifest, Order } from './manifest.ts';
import { isNewer } from './version.ts';

/** Bytes of a packet around a chunk: topic, lengths, identifier. */
const AROUND = 80;

/** Bytes of a manifest that are written at once. */
const PIECE = 64;

/** What the loader knows. */
export interface Ground {
  readonly store: Store;
  readonly crc: Crc;
  readonly digest: Digest;
  /** What the journal says. It is changed, and then booked. */
  readonly state: State;
  /** Makes `state` the newest entry of the journal. False when it cannot. */
  book(): boolean;
  /** The device's id. */
  readonly id: string;
  readonly board: string;
  readonly slotUnits: number;
  /** Largest packet, bytes. */
  readonly maxPacket: number;
  /** First part of every topic. */
  readonly prefix: string;
  /** Where the other slot starts. */
  readonly base: number;
}

/**
 * Does what is to be done about updates, as far as it can be done at once: looks at the manifest that has come, at the
 * newest one in flash, and at both slots. Nothing is remembered that flash does not say, so that it goes on from there
 * after a power cut at any moment. Not while the bell sounds, because it may write; and not before the running image
 * has proved itself, because the other one could be needed next.
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

  /** The beginning of a status. */
  const begun = (manifest: Manifest | undefined, word: string) => {
    const said: { [key: string]: unknown } = { state: word };
    if (manifest) {
      said.serial = manifest.serial;
      said.version = manifest.version || runs();
    }
    said.runs = runs();
    const text = JSON.stringify(said);
    return text.substr(0, text.length - 1);
  };

  const tell = (manifest: Manifest | undefined, word: string, reason: string) => {
    asked.say(begun(manifest, word) + (reason ? ',"reason":' + JSON.stringify(reason) : '') + '}');
  };

  /** Writes a manifest into flash, in pieces: there is not much memory left for a second one. */
  const keep = (payload: string, newest: Copy | undefined): boolean => {
    const start = copyStart(MANIFESTS, 1, nextPlace(newest));
    eraseCopy(store, MANIFESTS, 1, newest);
    for (let at = 0; at < payload.length; at += PIECE) {
      const piece = payload.substr(at, PIECE);
      if (!writeText(store, start + at, piece.padEnd(piece.length + 3 & ~3, '\xff'))) return false;
    }
    return sealCopy(store, ground.crc, newest, start, payload.length);
  };

  /** Takes the manifest that has come into flash, unless it is refused. */
  const accept = (kept: string, newest: Copy | undefined): boolean => {
    const payload = asked.offered;
    let manifest = asked.manifest;
    asked.offered = '';
    delete asked.manifest;
    let reason = asked.refused || '';
    if (manifest) {
      const serial = kept ? (readLine(kept, mac) as Manifest).serial : 0;
      const room = ground.slotUnits * UNIT;
      const list = payload.length - listStart(payload, mac);
      const newer = isNewer('' + manifest.version, runs());
      reason = refusal(manifest, list, ground.id, ground.board, newer, serial, room, ground.maxPacket - AROUND);
      const lack = !reason && manifest.do === 'back' && (fault() || lossOf(state));
      if (lack) reason = 'the other image ' + lack;
    }
    if (!reason) {
      // While it is written, nobody needs to have understood it.
      manifest = undefined;
      if (!keep(payload, newest)) {
        reason = 'the flash does not take the manifest';
        manifest = readLine(payload, mac);
      }
    }
    if (reason) tell(manifest, 'refused', reason);
    return !reason;
  };

  /** Does what the newest manifest in flash asks for; its list starts at `list`. */
  const act = (manifest: Manifest, list: number, isFresh: boolean) => {
    const leave = () => {
      if (!ground.book()) return tell(manifest, 'failed', 'the journal cannot be written');
      asked.leave = 1;
      tell(manifest, 'trial', '');
    };

    const back = () => {
      if (isFresh) {
        goBack(state);
        return leave();
      }
      if (state.loss === SENT_BACK) tell(manifest, 'confirmed', '');
      else tell(manifest, 'rolled back', lossOf(state) || 'interrupted');
    };

    const run = (order: Order) => {
      const first = store.read(list, HASH);
      const isIn = (slot: number) => {
        const bytes = store.read(slotOffset(slot, ground.slotUnits), Math.min(order.chunk, order.size));
        return digest(bytes).substr(0, HASH) === first;
      };
      if (isIn(state.slot)) return tell(order, isFresh ? 'current' : 'confirmed', '');
      const isThere = isIn(other);
      if (isThere && !isFresh && lossOf(state)) return tell(order, 'rolled back', lossOf(state));
      if (asked.receiver) return;
      if (isThere && !fault()) {
        tryOther(state);
        return leave();
      }
      if (asked.result && !isFresh) return tell(order, 'failed', asked.result);
      clear(state);
      if (!ground.book()) return;
      asked.task = {
        base: ground.base, list, size: order.size, chunk: order.chunk,
        path: ground.prefix + '/image/' + order.image + '/',
        status: begun(order, 'receiving'),
      };
    };

    if (manifest.do === 'back') back();
    else if (manifest.do === 'run') run(manifest as Order);
    else {
      // A manifest that is authentic under today's key was not followed yet, however often it has come.
      if (asked.next) asked.store = asked.next;
      tell(manifest, 'key changed', '');
    }
  };

  const begin = () => {
    const newest = newestCopy(store, ground.crc, MANIFESTS, 1);
    let start = newest ? newest.start : 0;
    let kept = newest ? store.read(start, newest.length) : '';
    let isFresh = false;
    // The broker hands a retained manifest over again and again.
    if (asked.offered && asked.offered !== kept) {
      isFresh = accept(kept, newest);
      if (!isFresh) return;
      const copy = newestCopy(store, ground.crc, MANIFESTS, 1) as Copy;
      start = copy.start;
      kept = store.read(start, copy.length);
      if (asked.receiver) asked.receiver.stop();
      asked.receiver = 0;
    }
    asked.offered = '';
    const manifest = kept && readLine(kept, mac);
    if (manifest) act(manifest, start + listStart(kept, mac), isFresh);
  };

  // A ring may have begun since the image asked.
  if (asked.sounding()) asked.again = 1;
  else begin();
}
