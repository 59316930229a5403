import type { Link } from '../core/contracts.ts';
import { answerName } from '../core/portal/dns.ts';
import { strongest } from '../core/portal/names.ts';
import { ADDRESS } from '../core/portal/page.ts';

const HTTP = 80;
const DNS = 53;

/** Looks for networks. What it finds takes some 17 variables each, all at once, on an ESP8266. */
export function scanNetworks(found: (names: string[]) => void): void {
  require('Wifi').scan((networks) => {
    // In a place with more networks than memory some are missing. That is no reason to start afresh, and find as many.
    E.getErrorFlags();
    found(strongest(networks));
  });
}

/** The station gives up for now. An ESP32 that is none has nothing to give up. */
export function pauseStation(): void {
  if (BOARD.chip === 'esp8266') require('Wifi').disconnect();
}

/** Opens an access point. */
export function openAccessPoint(name: string, password: string): void {
  require('Wifi').startAP(name, { password, authMode: 'wpa2' }, () => {});
}

export function closeAccessPoint(): void {
  require('Wifi').stopAP();
}

/**
 * Hands connections to a web server to `arrive`; if that takes one, the others hear of it. `first` is one that is there
 * already. Any name leads here. Gives what ends it.
 */
export function serve(
  first: Link | undefined, arrive: (link: Link) => boolean, heard: (this: Link, bytes: string) => void,
  drained: (this: Link) => void, closed: (this: Link) => void,
): () => void {
  const connected = (socket: EspruinoSocket) => {
    if (!arrive(socket)) return;
    socket.on('data', heard);
    socket.on('drain', drained);
    socket.on('close', closed);
  };
  if (first) connected(first as EspruinoSocket);
  const server = require('net').createServer(connected);
  server.listen(HTTP);
  const names = require('dgram').createSocket('udp4');
  names.on('message', (query, from) => {
    const answer = answerName(query, ADDRESS);
    if (answer) names.send(answer, from.port, from.address);
  });
  names.bind(DNS);
  return () => {
    server.close();
    names.close();
  };
}
