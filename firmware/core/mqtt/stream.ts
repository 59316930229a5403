import { PUBLISH, readInt16 } from './packet.ts';

/**
 * Takes one packet. `head` is its first byte, `body` gives what follows the Remaining Length. It gives it once: then
 * nobody else holds it, and whoever has it can let go of it before a long payload is handled.
 * For a packet over the limit `skipped` is 1, and the body is only its packet identifier, if it has one.
 * Returns '' to go on, or the reason why the connection must close.
 */
export type PacketHandler = (head: number, body: () => string, skipped: 0 | 1) => string;

/** The server's bytes on one connection after another. */
export interface Stream {
  /** Takes a chunk. Gives '' or the reason why the connection must close; nothing more may come before `reset`. */
  take(chunk: string): string;
  /** A new connection begins. */
  reset(): void;
}

/** Bytes of a chunk that are looked at together with what was left over: a long one should not be in memory twice. */
export const SLICE = 128;

/**
 * Cuts the server's bytes into packets, however the network has chunked them (section 2.2.3).
 *
 * A packet longer than `limit` is counted past, never kept; of a PUBLISH that wants an answer only
 * the packet identifier is picked out, so that it can be acknowledged and does not come again.
 */
export function createStream(limit: number, handle: PacketHandler): Stream {
  let rest = '';
  let skip = 0;
  // First byte of an oversized PUBLISH whose packet identifier comes after `skip` bytes; else 0.
  let late = 0;
  let afterId = 0;
  // Of the packet that is handled.
  let body = '';

  const give = (): string => {
    const bytes = body;
    body = '';
    return bytes;
  };

  const take = (chunk: string): string => {
    let reason = '';
    for (let from = 0; from < chunk.length && !reason; from += SLICE) {
      let data = rest + chunk.substr(from, SLICE);
      let at = 0;
      rest = '';
      while (!reason) {
        const step = Math.min(skip, data.length - at);
        at += step;
        skip -= step;
        if (skip) break;
        if (late) {
          if (data.length < at + 2) break;
          body = data.substr(at, 2);
          reason = handle(late, give, 1);
          at += 2;
          skip = afterId;
          late = 0;
          continue;
        }
        let length = 0;
        let size = 1;
        let more = 128;
        while (more & 128 && size < 5 && at + size < data.length) {
          more = data.charCodeAt(at + size);
          length |= (more & 127) << (7 * (size - 1));
          size++;
        }
        if (more & 128) {
          if (size > 4) return 'malformed';
          break;
        }
        const head = data.charCodeAt(at);
        if (length <= limit) {
          if (data.length < at + size + length) break;
          body = data.substr(at + size, length);
          at += size + length;
          // Most are the last of their chunk: then let go of it, or a long packet would be in memory twice.
          if (at === data.length) {
            data = '';
            at = 0;
          }
          reason = handle(head, give, 0);
        } else if (head >> 4 === PUBLISH && head & 6) {
          if (data.length < at + size + 2) break;
          skip = readInt16(data, at + size);
          afterId = length - skip - 4;
          if (afterId < 0) return 'malformed';
          late = head;
          at += size + 2;
        } else {
          reason = handle(head, give, 1);
          skip = length;
          at += size;
        }
      }
      rest = data.substr(at);
    }
    return reason;
  };

  const reset = () => {
    rest = body = '';
    skip = late = 0;
  };

  return { take, reset };
}
