/** Where the question begins, behind the header; bytes of its type and class. RFC 1035, section 4.1. */
const HEADER = 12;
const TYPE_AND_CLASS = 4;

/** Longest question that is answered: no datagram of an ESP8266 is longer than 268 bytes. */
const LONGEST = 240;

/** A pointer to the question's name; type A, class IN; one second; four bytes. */
const RECORD = '\xc0\x0c\0\x01\0\x01\0\0\0\x01\0\x04';

/**
 * The answer to a question for any name: our own address, so that a phone finds the form. '' when it is no question.
 * Good for a second only, so that nobody keeps it who is somewhere else later.
 */
export function answerName(query: string, address: string): string {
  // One question, and nothing that is an answer itself.
  if (query.length < HEADER || query.charCodeAt(2) & 0xf8 || query.substr(4, 2) !== '\0\x01') return '';
  let end = HEADER;
  while (end < query.length && query.charCodeAt(end)) end += 1 + query.charCodeAt(end);
  end += 1;
  if (end + TYPE_AND_CLASS > query.length || end > LONGEST) return '';
  const isAddress = query.substr(end, TYPE_AND_CLASS) === '\0\x01\0\x01';
  const record = isAddress ? RECORD + address.split('.').map((part) => String.fromCharCode(Number(part))).join('') : '';
  return query.substr(0, 2) + '\x81\x80\0\x01\0' + (isAddress ? '\x01' : '\0') + '\0\0\0\0'
    + query.substr(HEADER, end + TYPE_AND_CLASS - HEADER) + record;
}
