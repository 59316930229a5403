import type { Link } from '../contracts.ts';

/** Opens a connection whose events go to these three. May throw. */
export type Dial = (opened: () => void, received: (chunk: string) => void, closed: () => void) => Link;

/** Tells a broker that this device is in safe mode. */
export interface SafeMode {
  /** The network is there (1) or gone (0). */
  network(up: 0 | 1): void;
  /** A second has passed. */
  tick(): void;
}

/** Seconds for a connection to open and the broker to greet, and for its answer to a ping. */
const PATIENCE = 30;
/** Seconds between two attempts. */
const REST = 15;
/** Seconds between two pings; well within the keep-alive of a minute that `hello` promises. */
const PING = 30;
const PINGREQ = '\xc0\x00';

/**
 * The least of MQTT that tells of a device whose images do not run: `hello` (CONNECT) on each new
 * connection, `news` (PUBLISH, QoS 0) when the broker has taken it, then pings. It takes no orders:
 * whatever the broker sends is only a sign of life.
 */
export function createSafeMode(dial: Dial, hello: string, news: string): SafeMode {
  let link: Link | undefined;
  let attempt = 0;
  let isUp: 0 | 1 = 0;
  let isOnline: 0 | 1 = 0;
  let isAsked: 0 | 1 = 0;
  let greeting = '';
  // Seconds until the next step, or until an answer is overdue.
  let left = 1;

  /** Leaves the connection; what it still says is not heard. */
  const drop = () => {
    const old = link;
    attempt++;
    link = undefined;
    isOnline = 0;
    left = REST;
    try {
      if (old) old.end();
    } catch {
      // It is closed already, which is what we want.
    }
  };

  const send = (bytes: string) => {
    try {
      if (link) link.write(bytes);
    } catch {
      drop();
    }
  };

  const greeted = (chunk: string) => {
    greeting += chunk;
    if (greeting.length < 4) return;
    // CONNACK, section 3.2: type, length 2, flags, and the code 0 for accepted.
    if (greeting.charCodeAt(0) !== 32 || greeting.charCodeAt(3)) return drop();
    isOnline = 1;
    isAsked = 0;
    left = PING;
    send(news);
  };

  const open = () => {
    const mine = ++attempt;
    left = PATIENCE;
    greeting = '';
    try {
      link = dial(
        () => { if (mine === attempt) send(hello); },
        (chunk) => {
          if (mine !== attempt) return;
          if (!isOnline) greeted(chunk);
          else isAsked = 0;
        },
        () => { if (mine === attempt) drop(); },
      );
    } catch {
      drop();
    }
  };

  return {
    network: (up) => {
      isUp = up;
      drop();
      left = 1;
    },
    tick: () => {
      if (!isUp || --left) return;
      if (!link) open();
      else if (isOnline && !isAsked) {
        isAsked = 1;
        left = PATIENCE;
        send(PINGREQ);
      } else drop();
    },
  };
}
