import type { Answer } from '../../simulator/index.ts';

const PORT = 123;
/** Seconds from 1900, where NTP counts from, to 1970. */
const EPOCH = 2_208_988_800;
/** Where an answer of SNTP has what it gives back, and the second in which it was sent: RFC 4330, section 4. */
const ORIGINATE = 24;
const TRANSMIT = 40;

/** What an answer may have instead of what a good one has. */
export interface Oddity {
  /** The first byte (leap indicator, version, mode) and the second (stratum). */
  readonly flags?: number;
  readonly stratum?: number;
  /** Seconds from 1900, as they are sent. */
  readonly transmit?: number;
  readonly originate?: string;
}

/** The answer to a question of SNTP; `seconds` is Unix time. */
export function timeAnswer(question: Uint8Array, seconds: number, odd: Oddity = {}): Buffer {
  const answer = Buffer.alloc(48);
  answer[0] = odd.flags ?? 0x24;
  answer[1] = odd.stratum ?? 2;
  answer.set(odd.originate === undefined ? question.subarray(TRANSMIT) : Buffer.from(odd.originate), ORIGINATE);
  answer.writeUInt32BE(odd.transmit ?? (Math.floor(seconds) + EPOCH) % 2 ** 32, TRANSMIT);
  return answer;
}

/** A time server that answers at any address: `now` is Unix time, s, or 0 while it does not answer. */
export function timeServer(now: () => number): Answer {
  return (_host, port, question, reply) => {
    const seconds = now();
    if (port === PORT && seconds) reply(timeAnswer(question, seconds));
  };
}
