import type { Server } from 'node:net';

/** A port that the workshop can't have. */
export class PortTaken extends Error {
  constructor(readonly port: number, readonly host: string, readonly why: string) {
    super(`port ${port} on ${host} is not to be had (${why})`);
  }
}

/** Ports that are tried one after the other when none was asked for. */
const TRIES = 50;

/**
 * Listens on `wanted`, or on the first free port from `first` up when none is wanted.
 * Gives the port; throws `PortTaken`. A wanted port of 0 is any free one.
 */
export async function listen(server: Server, host: string, wanted: number | undefined, first: number): Promise<number> {
  if (wanted !== undefined) return bind(server, host, wanted);
  for (let port = first; port < first + TRIES - 1; port++) {
    const got = await bind(server, host, port).catch(retryIfTaken);
    if (got) return got;
  }
  return bind(server, host, first + TRIES - 1);
}

function retryIfTaken(error: PortTaken): undefined {
  if (error.why !== 'in use' && error.why !== 'not allowed') throw error;
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((done, fail) => {
    const refused = (error: NodeJS.ErrnoException) => fail(new PortTaken(port, host, inWords(error)));
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function inWords(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return 'in use';
  if (error.code === 'EACCES') return 'not allowed';
  if (error.code === 'EADDRNOTAVAIL') return 'no such address on this machine';
  return error.message;
}
