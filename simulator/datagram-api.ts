import { bytesOf, textOf } from './bytes.ts';
import type { Chip } from './chip.ts';
import type { Events } from './events.ts';
import type { Interpreter } from './interpreter.ts';
import type { Reachability } from './net-api.ts';
import type { DatagramSocket, Dialer, Network } from './network.ts';

/** `require('dgram')`: UDP. The ESP8266 drops what is longer than 268 bytes, with a warning on its console. */
export function datagramApi(
  interpreter: Interpreter, events: Events, chip: Chip, network: Network, dialer: Dialer, reach: Reachability,
): Record<string, unknown> {
  const createSocket = (_type: unknown, callback?: unknown): object => {
    const handle = interpreter.object();
    let socket: DatagramSocket | undefined;
    let closed = false;
    const open = (port: number): DatagramSocket => {
      socket ??= network.datagrams(dialer, port, received);
      return socket;
    };
    const received = (bytes: Uint8Array, port: number, host: string): void => {
      if (!reach.online || closed) return;
      if (chip.name === 'esp8266' && bytes.length > chip.chunk) {
        interpreter.host.print(`WARNING: Recv ${bytes.length} too long (UDP)!`);
        return;
      }
      const info = interpreter.object({ address: host, port, size: bytes.length });
      events.emit(handle, 'message', [textOf(bytes), info]);
    };
    const send = (data: unknown, ...rest: unknown[]): void => {
      if (!reach.enabled) throw interpreter.error('Not connected to the internet', 'InternalError');
      if (closed) throw interpreter.error('This socket is closed');
      const whole = rest.length < 4 && typeof rest[2] !== 'number';
      const text = whole ? String(data) : String(data).slice(Number(rest[0]), Number(rest[0]) + Number(rest[1]));
      const [port, host] = whole ? rest : rest.slice(2);
      if (reach.online) open(0).send(bytesOf(text), Number(port), String(host));
    };
    const close = (): void => {
      if (closed) return;
      closed = true;
      socket?.close();
      events.emit(handle, 'close', [false]);
    };
    const bind = (port: number, bound?: unknown): object => {
      open(Number(port) || 0);
      interpreter.queue(bound, handle, [handle]);
      return handle;
    };
    for (const [name, body] of Object.entries({ send, close, bind, addMembership: () => undefined })) {
      handle[name] = interpreter.native(body);
    }
    interpreter.closers.add(() => { closed = true; socket?.close(); });
    if (callback !== undefined) events.add(handle, 'message', callback as () => void, false);
    return handle;
  };
  return interpreter.object({ createSocket });
}
