import type { PageMessage, ServerMessage } from '../messages.ts';

/** How long to wait before calling the server again, ms. */
const AGAIN = 1000;

/** What the page does with the connection's events. */
export interface Listener {
  received(message: ServerMessage): void;
  lost(): void;
}

/**
 * The page's line to the server. Calls again for as long as the page is open;
 * what is sent while it is down is dropped, because a ring must never be late.
 */
export function connect(listener: Listener): (message: PageMessage) => boolean {
  let socket = open();

  function open(): WebSocket {
    const opened = new WebSocket(new URL('events', location.href.replace(/^http/, 'ws')));
    opened.onmessage = (event) => listener.received(JSON.parse(String(event.data)) as ServerMessage);
    opened.onclose = () => {
      listener.lost();
      setTimeout(() => { socket = open(); }, AGAIN);
    };
    return opened;
  }

  return (message) => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(message));
    return true;
  };
}
