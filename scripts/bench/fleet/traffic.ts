import type { Network } from '../../../simulator/index.ts';

/** What a fleet's boards have had to do with their broker. */
export interface Traffic {
  /** When they have dialled, and when they were answered: Unix time, ms. */
  readonly dials: number[];
  readonly answers: number[];
  /** Bytes of MQTT that they have sent and received. */
  sent: number;
  received: number;
}

/** A network that counts what goes over it. */
export function counted(network: Network, traffic: Traffic): Network {
  return {
    dial(dialer, host, port, events) {
      traffic.dials.push(Date.now());
      const link = network.dial(dialer, host, port, {
        opened() {
          traffic.answers.push(Date.now());
          events.opened();
        },
        failed: (why) => events.failed(why),
        received(bytes) {
          traffic.received += bytes.length;
          events.received(bytes);
        },
        ended: (how) => events.ended(how),
      });
      if (typeof link === 'string') return link;
      return {
        send(bytes) {
          traffic.sent += bytes.length;
          link.send(bytes);
        },
        end: () => link.end(),
        vanish: () => link.vanish(),
      };
    },
    listen: (dialer, port, arrive) => network.listen(dialer, port, arrive),
    lookUp: (dialer, host, found) => network.lookUp(dialer, host, found),
    datagrams: (dialer, port, received) => network.datagrams(dialer, port, received),
  };
}

/** Most of these moments (ms) that lie within one second. */
export function mostInASecond(moments: readonly number[]): number {
  const sorted = [...moments].sort((a, b) => a - b);
  let from = 0;
  let most = 0;
  sorted.forEach((moment, index) => {
    while (moment - sorted[from]! >= 1000) from++;
    most = Math.max(most, index - from + 1);
  });
  return most;
}
