import type { Link } from '../core/contracts.ts';
import type { Settings } from '../core/config.ts';

/**
 * Opens a connection to the broker of these settings; an Espruino socket is a `Link`. Throws when there is none to be
 * had.
 *
 * TLS here encrypts and proves nothing: the interpreter verifies no certificate (docs/security.md).
 */
export function dial(
  mqtt: Settings['mqtt'],
  opened: () => void,
  received: (chunk: string) => void,
  closed: (reason: unknown) => void,
): Link {
  const net = BOARD.tls && mqtt.tls ? require('tls') : require('net');
  // With a callback here, a listener for `connect` beside it would break both.
  const socket = net.connect({ host: mqtt.host, port: mqtt.port }, () => {
    // What led to the connection, and nobody asks for again: 14 variables.
    socket.removeAllListeners('connect');
    delete socket.opt;
    opened();
  });
  // The listener holds every name of this function until then: the password would be in memory twice.
  (mqtt as Settings['mqtt'] | 0) = 0;
  socket.on('data', received);
  socket.on('close', closed);
  socket.on('error', closed);
  return socket;
}
