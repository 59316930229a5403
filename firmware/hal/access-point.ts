import type { Link } from '../core/contracts.ts';
import { answerName } from '../core/portal/dns.ts';
import { gather } from '../core/portal/names.ts';
import { ADDRESS } from '../core/portal/page.ts';

const HTTP = 80;
const DNS = 53;

/** Looks for networks: see `gather`. What it finds takes some 18 variables each, all at once, on an ESP8266. */
export function scanNetworks(found: (all: string) => void): void {
  require('Wifi').scan((networks) => {
    // In a place with more networks than memory some are missing. That is no reason to start afresh, and find as many.
    E.getErrorFlags();
    found(gather(networks));
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

/** Has these hear of a connection. They are methods of it. */
export function listen(
  link: Link, heard: (bytes: string) => void, drained: () => void, closed: () => void,
): void {
  const socket = link as EspruinoSocket;
  socket.on('data', heard);
  socket.on('drain', drained);
  socket.on('close', closed);
}

/** Drops what comes over a connection: kept by the interpreter until somebody listens, it has no bound. */
export function deafen(link: Link): void {
  // A function of the interpreter's, because one of ours would hold on to the program that it is from.
  (link as EspruinoSocket).on('data', isNaN as unknown as (bytes: string) => void);
}

/** Hands connections to a web server to `come`, and leads any name to the web server. Gives what ends it. */
export function serve(come: (link: Link) => void): () => void {
  const server = require('net').createServer(come);
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
