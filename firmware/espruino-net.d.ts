/** Sockets, where `@types/espruino` is wrong or silent: bytes are texts, one character each. */

/* eslint-disable @typescript-eslint/no-explicit-any -- Espruino hands out values of any shape. */

interface EspruinoSocket {
  on(event: 'connect', callback: () => void): void;
  /** Bytes, one a character; at most 268 (ESP8266) or 536 of them. */
  on(event: 'data', callback: (bytes: string) => void): void;
  on(event: 'drain' | 'end', callback: () => void): void;
  on(event: 'error', callback: (error: { code: number; message: string }) => void): void;
  on(event: 'close', callback: (hadError: boolean) => void): void;
  removeAllListeners(event?: string): void;
  /** Queues bytes. Throws when the socket is closed. */
  write(bytes: string): boolean;
  end(bytes?: string): void;
  /** Not documented, but set on a socket that has closed. */
  readonly closed?: boolean;
  /** Not documented: what it was asked for, read while it connects. */
  opt?: unknown;
}

interface EspruinoServer {
  /** Throws when no socket is free. */
  listen(port: number): EspruinoServer;
  /** Takes nobody any more; connections that are there stay. */
  close(): void;
}

interface EspruinoNet {
  createServer(connected: (socket: EspruinoSocket) => void): EspruinoServer;
  connect(options: { host: string; port: number }, connected?: () => void): EspruinoSocket;
}

interface EspruinoTls {
  /** `key`, `cert` and `ca` are DER in a string. No certificate is verified. */
  connect(
    options: { host: string; port: number; key?: string; cert?: string; ca?: string },
    connected?: () => void,
  ): EspruinoSocket;
}

interface EspruinoDatagramSocket {
  bind(port: number, bound?: (socket: EspruinoDatagramSocket) => void): void;
  on(
    event: 'message',
    callback: (message: string, from: { address: string; port: number; size: number }) => void,
  ): void;
  on(event: 'error', callback: (error: { code: number; message: string }) => void): void;
  on(event: 'close', callback: (hadError: boolean) => void): void;
  removeAllListeners(event?: string): void;
  send(message: string, port: number, host: string): void;
  send(buffer: string, offset: number, length: number, port: number, host: string): void;
  close(): void;
}

interface EspruinoDgram {
  createSocket(type: 'udp4', received?: (message: string, from: { address: string; port: number }) => void):
    EspruinoDatagramSocket;
}

declare function require(name: 'net'): EspruinoNet;
declare function require(name: 'tls'): EspruinoTls;
declare function require(name: 'dgram'): EspruinoDgram;
declare function require(name: 'NetworkJS'): { create(functions: any): void };
