/** Closes one door; adds its name when that fails. */
function close(open: string, name: string, action: () => void): string {
  try {
    action();
    return open;
  } catch {
    return open + (open && ', ') + name;
  }
}

/**
 * Closes the ways in that Espruino leaves open: a console over telnet and one over Bluetooth, both
 * without a password, and an access point without encryption. Gives the names of those that could
 * not be closed, or ''. The updater on port 88 of an ESP8266 cannot be closed from here.
 */
export function closeDoors(): string {
  let open = '';
  if (process.env.MODULES.lastIndexOf('TelnetServer') >= 0) {
    open = close(open, 'telnet', () => require('TelnetServer').setOptions({ mode: 'off' }));
  }
  if (BOARD.chip !== 'linux') open = close(open, 'access point', () => require('Wifi').stopAP());
  if (BOARD.bluetooth) open = close(open, 'bluetooth', () => NRF.setServices({}, { uart: false }));
  return open;
}
