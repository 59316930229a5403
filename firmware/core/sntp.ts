/** Seconds from 1900, where NTP counts from, to 1970; and from there to where it counts from 0 again, in 2036. */
const NTP_EPOCH = 2208988800;
const ERA = 4294967296;

/** Bytes of a datagram, and where in it are what the server gives back, and the second in which it has answered. */
const SIZE = 48;
const ORIGIN = 24;
const TRANSMITTED = 40;

/** Bytes of a token. */
const TOKEN = 8;

/**
 * A question for a time server (SNTP, RFC 4330). In place of the second in which it is sent there is a token of 8
 * bytes, which the server has to give back: what nobody asked for sets no clock.
 */
export function timeQuestion(token: string): string {
  return '\x1b' + '\0'.repeat(TRANSMITTED - 1) + token;
}

/** Unix time, s, by the answer to the question with this token; 0 when it is none. */
export function unixTime(answer: string, token: string): number {
  const flags = answer.charCodeAt(0);
  const stratum = answer.charCodeAt(1);
  if (answer.length < SIZE || answer.substr(ORIGIN, TOKEN) !== token) return 0;
  // Not from a server, from one whose clock is not set itself, or "kiss of death": do not ask again.
  if ((flags & 7) !== 4 || flags >> 6 === 3 || stratum < 1 || stratum > 15) return 0;
  let seconds = 0;
  for (let i = TRANSMITTED; i < TRANSMITTED + 4; i++) seconds = seconds * 256 + answer.charCodeAt(i);
  if (!seconds) return 0;
  return seconds - NTP_EPOCH + (seconds < NTP_EPOCH ? ERA : 0);
}
