/** Wi-Fi on both chips, where `@types/espruino` is wrong or silent. */

/* eslint-disable @typescript-eslint/no-explicit-any -- Espruino hands out values of any shape. */

interface EspruinoAddress {
  ip: string;
  netmask: string;
  gw: string;
  mac: string;
}

interface EspruinoWifi {
  connect(ssid: string, options: { password?: string; dnsServers?: string[]; channel?: number; bssid?: string },
    callback?: (error: string | null) => void): void;
  disconnect(callback?: () => void): void;
  startAP(ssid: string, options: { password?: string; authMode?: string; channel?: number; hidden?: boolean },
    callback?: (error: string | null) => void): void;
  stopAP(callback?: (error: string | null) => void): void;
  /** Throws while it scans already. */
  scan(callback: (found: { ssid: string; mac: string; authMode: string; rssi: number }[]) => void): void;
  getStatus(callback?: (status: any) => void): { mode: string; station: string; ap: string; powersave?: string };
  getDetails(callback?: (details: any) => void): { status: string; rssi: number; ssid: string };
  getIP(callback?: (error: string | null, address: EspruinoAddress) => void): EspruinoAddress;
  getAPIP(callback?: (error: string | null, address: EspruinoAddress) => void): EspruinoAddress;
  setIP(settings: { ip: string; gw: string; netmask: string }, callback?: (error: string | null) => void): void;
  setHostname(name: string, callback?: () => void): void;
  getHostname(callback?: (name: string) => void): string;
  getHostByName(name: string, callback: (ip: string | null) => void): void;
  setConfig(settings: { phy?: string; powersave?: string }): void;
  save(what?: 'clear' | 'sta+ap'): void;
  restore(): void;
  on(
    event: 'connected',
    callback: (details: { ip: string; gw: string; mask?: string; netmask?: string }) => void,
  ): void;
  on(
    event: 'disconnected',
    callback: (details: { ssid: string; mac: string; reason: string; msg?: string }) => void,
  ): void;
  on(event: 'associated', callback: (details: { ssid: string; mac: string; channel: number }) => void): void;
  on(
    event: 'auth_change' | 'dhcp_timeout' | 'sta_joined' | 'sta_left' | 'probe_recv',
    callback: (details: any) => void,
  ): void;
  removeListener(event: string, listener: (details: any) => void): void;
  removeAllListeners(event?: string): void;
}

declare function require(name: 'Wifi'): EspruinoWifi;
