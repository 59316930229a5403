import { networkInterfaces } from 'node:os';

/**
 * The address under which others reach a server that listens on `host`:
 * itself, or this machine's address in the local network when it listens everywhere.
 */
export function reachableAddress(host: string, interfaces = networkInterfaces()): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
