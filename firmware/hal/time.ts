import { timeQuestion, unixTime } from '../core/sntp.ts';

const NTP = 123;

/** The ports that are anybody's: the first, and how many there are. */
const FREE_PORTS = 49152;
const PORTS = 16384;

const CLOSED = -1;

let asker: ((server: string) => void) | 0 = 0;
let isSet = 0;

/** Unix time, s, or 0 while no time server has answered. */
export function now(): number {
  return isSet && Math.floor(getTime());
}

/**
 * Opens the one socket that all questions go through. It is bound, because an ESP8266 sends from no other, and stays
 * open, because an ESP8266 never gives back all that a socket of UDP has taken. It survives that the network goes.
 */
function createAsker(): (server: string) => void {
  // The token of the question that waits for its answer, 0 when none does, CLOSED once the socket is.
  let asked = 0;
  const socket = require('dgram').createSocket('udp4');
  socket.on('message', (answer) => {
    const seconds = unixTime(answer, '' + asked);
    if (!seconds) return;
    setTime(seconds);
    asked = 0;
    isSet = 1;
  });
  // Nothing could be sent, or an empty datagram has come. The next question opens another.
  socket.on('close', () => {
    if (asked === CLOSED) return;
    asked = CLOSED;
    asker = 0;
    // It is still in the interpreter's list of clients, and leaves it only by this, which tells of it once more.
    socket.close();
  });
  // Not the same port each time: on an ESP8266 that of a socket that has closed stays taken.
  socket.bind(FREE_PORTS + Math.floor(Math.random() * PORTS));
  return (server) => {
    asked = 1e7 + Math.floor(Math.random() * 9e7);
    const send = (address: string | null) => {
      if (address && asked > 0) socket.send(timeQuestion('' + asked), NTP, address);
    };
    // An ESP8266 takes any name for the address of everybody. The others look it up where it is sent.
    if (BOARD.chip === 'esp8266') require('Wifi').getHostByName(server, send);
    else send(server);
  };
}

/**
 * Asks a time server and sets the clock when it answers (over UDP: the interpreters' own make timers jump). An answer
 * that never comes is given up with the next question.
 */
export function askTime(server: string): void {
  asker = asker || createAsker();
  asker(server);
}
