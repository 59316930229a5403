import type { Answer } from '../../simulator/index.ts';

const PORT = 123;
/** Seconds from 1900, where NTP counts from, to 1970. */
const EPOCH = 2_208_988_800;
/** Where an answer of SNTP has the second in which it was sent: RFC 4330, section 4. */
const TRANSMITTED = 40;

/** A time server that answers at any address: `now` is Unix time, s, or 0 while it does not answer. */
export function timeServer(now: () => number): Answer {
  return (_host, port, _question, reply) => {
    const seconds = now();
    if (port !== PORT || !seconds) return;
    const answer = Buffer.alloc(48);
    answer[0] = 0x24;
    answer.writeUInt32BE(Math.floor(seconds) + EPOCH, TRANSMITTED);
    reply(answer);
  };
}
