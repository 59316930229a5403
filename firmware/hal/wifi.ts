import type { Network } from '../core/config.ts';

/**
 * A reason of the radio's in words. The ESP8266 gives words of its own, the ESP32 a number of the 802.11 standard or
 * of its own, as text.
 */
export function inWords(reason: string): string {
  const words: { [reason: string]: string } = BOARD.chip === 'esp32' ? {
    r2: 'login expired',
    r15: 'wrong Wi-Fi password',
    r200: 'signal lost',
    r201: 'no such Wi-Fi network in range',
    r202: 'wrong Wi-Fi password',
    r203: 'the Wi-Fi network refuses',
    r204: 'wrong Wi-Fi password',
  } : {
    rno_ap_found: 'no such Wi-Fi network in range',
    rbad_password: 'wrong Wi-Fi password',
    rauth_fail: 'wrong Wi-Fi password',
    rconnect_failed: 'cannot join the Wi-Fi network',
    rbeacon_timeout: 'signal lost',
    r4way_handshake_timeout: 'wrong Wi-Fi password',
  };
  return words['r' + reason.toLowerCase()] || 'Wi-Fi lost (' + reason + ')';
}

/** Leads the radio's events to these two; `down` hears the reason as the radio gives it. */
export function listenWifi(up: (address: string) => void, down: (reason: string) => void): void {
  const wifi = require('Wifi');
  wifi.on('connected', (details) => up(details.ip));
  wifi.on('disconnected', (details) => down(details.reason));
}

/** Joins a network under this host name. The radio's own memory is never used: we own the connection. */
export function joinWifi(network: Network, hostName: string): void {
  const wifi = require('Wifi');
  wifi.setHostname(hostName);
  // How it ends is told by events; the callback comes beside them on one chip and instead of them on none.
  wifi.connect(network.ssid, { password: network.password }, () => {});
}

/** Signal strength, dBm. */
export function signal(): number {
  return require('Wifi').getDetails().rssi;
}
