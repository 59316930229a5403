import type { Link } from '../core/contracts.ts';
import { answerName } from '../core/portal/dns.ts';
import { strongest } from '../core/portal/names.ts';
import { ADDRESS } from '../core/portal/page.ts';
import type { Visits } from '../core/portal/visits.ts';

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

/** Leads a connection to `visits`: if it is taken, they hear of it. */
export function lead(link: Link, visits: Visits): void {
  if (!visits.arrive(link)) return;
  const socket = link as EspruinoSocket;
  socket.on('data', visits.heard);
  socket.on('drain', visits.drained);
  socket.on('close', visits.closed);
}

/** Leads connections to a web server to `visits`, and any name to the web server. Gives what ends it. */
export function serve(visits: Visits): () => void {
  const server = require('net').createServer((socket) => lead(socket, visits));
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
