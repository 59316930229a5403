/** Seconds from 1900, where NTP counts from, to 1970. */
const NTP_EPOCH = 2208988800;

let socket: EspruinoDatagramSocket | 0 = 0;
let isSet = 0;

/** Unix time, s, or 0 while no time server has answered. */
export function now(): number {
  return isSet && Math.floor(getTime());
}

/**
 * Asks a time server and sets the clock when it answers (SNTP, RFC 4330, over UDP: the interpreters' own make timers
 * jump). An answer that never comes is given up with the next question.
 */
export function askTime(server: string): void {
  if (socket) socket.close();
  socket = require('dgram').createSocket('udp4');
  socket.on('message', (reply: string) => {
    if (reply.length < 48) return;
    let seconds = 0;
    for (let i = 40; i < 44; i++) seconds = seconds * 256 + reply.charCodeAt(i);
    setTime(seconds - NTP_EPOCH);
    isSet = 1;
  });
  socket.send('\x1b' + '\0'.repeat(47), 123, server);
}
