import { readFileSync, statSync } from 'node:fs';
import { PortFailure } from './port-failure.ts';

const BUSY = /lock port|resource busy|device or resource busy|access denied|EBUSY|EWOULDBLOCK/i;
const FORBIDDEN = /permission denied|EACCES|operation not permitted/i;
const MISSING = /no such file|file not found|ENOENT|ENXIO|no such device/i;

/** What it means that a port could not be opened, and what to do on this system. */
export function openFailure(error: Error, path: string, platform: string = process.platform): PortFailure {
  const { message } = error;
  if (FORBIDDEN.test(message)) return forbidden(path, platform);
  if (BUSY.test(message)) {
    return new PortFailure('busy', `Another program has ${path} open`, `Close it: ${holders(platform)}.`);
  }
  if (MISSING.test(message)) {
    return new PortFailure('no-port', `There is no port ${path}`, 'Plug the board in, or leave --port out.');
  }
  return new PortFailure('no-port', `${path} cannot be opened (${message})`, 'Unplug the board and plug it in again.');
}

function holders(platform: string): string {
  const usual = 'a serial monitor, an Arduino or Espruino IDE, or a page in a browser';
  return platform === 'linux' ? `${usual}; fuser -v names it` : usual;
}

function forbidden(path: string, platform: string): PortFailure {
  const cure = platform === 'linux'
    ? `Run sudo usermod -aG ${groupOf(path)} $USER, then log out and in again.`
    : platform === 'darwin'
      ? `Run sudo chmod a+rw ${path}; it holds until the board is unplugged.`
      : 'Start the command as a user who may use serial ports.';
  return new PortFailure('not-allowed', `You may not use ${path}`, cure);
}

/** The group whose members may open the port: dialout on Debian, uucp on Arch. */
function groupOf(path: string): string {
  try {
    const { gid } = statSync(path);
    const line = readFileSync('/etc/group', 'utf8').split('\n').find((text) => text.split(':')[2] === String(gid));
    const [name] = line?.split(':') ?? [];
    return name === undefined || name === 'root' ? 'dialout' : name;
  } catch {
    return 'dialout';
  }
}
