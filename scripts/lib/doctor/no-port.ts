import { wrong, type Finding } from './finding.ts';

/** Why there is no port though a board is there, as far as this system tells. `chips` are those on its USB. */
export function noPort(chips: readonly string[], platform: string = process.platform): Finding {
  const [chip] = chips;
  if (chip !== undefined) return wrong('no-driver', `On USB there is ${chip}, and it has no port.`, driver(platform));
  const also = platform === 'linux'
    ? 'The system sees no USB serial chip either, so it is not a driver.'
    : driver(platform);
  return wrong(
    'no-port', 'No board is plugged in.',
    `Take another cable, one that carries data: many only charge. Take another socket, without a hub. ${also}`,
  );
}

function driver(platform: string): string {
  if (platform === 'linux') {
    return 'Load its driver with sudo modprobe ch341 (CH340) or cp210x. On Ubuntu, brltty takes the CH340 away: ' +
      'sudo apt remove brltty, then plug the board in again.';
  }
  if (platform === 'darwin') {
    return 'Install the driver of WCH (CH340) or Silicon Labs (CP210x), allow it in System Settings, Privacy & ' +
      'Security, and plug the board in again.';
  }
  return 'In the Device Manager a chip with a yellow sign wants its driver: that of WCH (CH340) or of Silicon Labs ' +
    '(CP210x).';
}
