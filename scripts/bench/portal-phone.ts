import { connect, type Socket } from 'node:net';
import { encode, valuesIn, type Fields } from './form-page.ts';

/** The form's address, as a phone sees it. */
export const HOST = '192.168.4.1';

/** Times that a phone asks again when it is sent away, and ms from one time to the next. */
const TRIES = 40;
const PAUSE = 100;

/** What a phone says besides. */
export const HEADERS = [
  `Host: ${HOST}`, 'Connection: keep-alive', 'Upgrade-Insecure-Requests: 1', 'Cache-Control: max-age=0',
  'User-Agent: Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile '
    + 'Safari/537.36',
  'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8',
  `Referer: http://${HOST}/`, 'Accept-Encoding: gzip, deflate', 'Accept-Language: en-GB,en;q=0.9',
].map((line) => `${line}\r\n`).join('');

/** Asks for the form. */
export const GET = `GET / HTTP/1.1\r\n${HEADERS}\r\n`;

/** What a phone asks to find out whether it is online. */
export const PROBE = 'GET /generate_204 HTTP/1.1\r\nUser-Agent: Dalvik/2.1.0 (Linux; U; Android 14)\r\n'
  + 'Host: connectivitycheck.gstatic.com\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n';

/** A connection that says nothing by itself, and to which no answer matters. */
export function visit(port: number): Socket {
  return connect(port, '127.0.0.1').on('error', () => undefined).resume();
}

/** Sends a text, and gives the answer; '' when there is none. */
export function ask(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1').on('data', (data: string) => { answer += data; });
    socket.on('error', () => undefined).on('close', () => resolve(answer));
    socket.write(text);
  });
}

/** Asks until there is an answer that is whole, as somebody does who is told to wait. */
export async function insist(port: number, text: string, isIt: (answer: string) => boolean): Promise<string> {
  for (let i = 0; i < TRIES; i++) {
    const answer = await ask(port, text);
    if (isIt(answer)) return answer;
    await new Promise((done) => setTimeout(done, PAUSE));
  }
  throw new Error('no answer was the right one');
}

/** The form, whole. */
export function form(port: number): Promise<string> {
  return insist(port, GET, isForm);
}

export function isForm(answer: string): boolean {
  return answer.includes('</form>');
}

/** The request with which a browser sends a form. */
export function posted(fields: Fields): string {
  const body = encode(fields);
  return `POST / HTTP/1.1\r\n${HEADERS}Origin: http://${HOST}\r\nContent-Type: application/x-www-form-urlencoded\r\n`
    + `Content-Length: ${body.length}\r\n\r\n${body}`;
}

/** Sends the form as it is shown, with these fields changed. */
export function send(port: number, page: string, fields: Fields): Promise<string> {
  const filled = posted({ ...valuesIn(page), ...fields });
  return insist(port, filled, (answer) => answer !== '' && !answer.includes('503'));
}
