import type { Duplex } from 'node:stream';
import { parser } from 'mqtt-packet';
import type { Packet, Parser } from 'mqtt-packet';
import { describePacket } from './describe-packet.ts';
import type { Description } from './describe-packet.ts';

/** A packet that was seen, before it gets its number. */
export interface Seen extends Description {
  client: string;
  from: 'client' | 'broker';
}

/**
 * Decodes what passes between one client and the broker, in both directions.
 * Only listens: bytes that it cannot read are reported once as `MALFORMED` and then ignored.
 */
export class Tap {
  private client = '';
  private readonly parsers: Record<Seen['from'], Parser | undefined>;

  constructor(private readonly saw: (packet: Seen) => void) {
    this.parsers = { client: this.listen('client'), broker: this.listen('broker') };
  }

  /** Takes the next piece of the stream, however it was cut. */
  take(from: Seen['from'], bytes: Buffer): void {
    try {
      this.parsers[from]?.parse(bytes);
    } catch (error) {
      this.givesUp(from, error as Error);
    }
  }

  private listen(from: Seen['from']): Parser {
    return parser()
      .on('packet', (packet: Packet) => this.report(from, packet))
      .on('error', (error: Error) => this.givesUp(from, error));
  }

  private report(from: Seen['from'], packet: Packet): void {
    if (packet.cmd === 'connect') this.client = packet.clientId;
    this.saw({ client: this.client, from, ...describePacket(packet) });
  }

  private givesUp(from: Seen['from'], error: Error): void {
    if (!this.parsers[from]) return;
    this.parsers[from] = undefined;
    this.saw({ client: this.client, from, type: 'MALFORMED', bytes: 0, note: error.message });
  }
}

/**
 * Lets `tap` hear a connection that the broker already reads.
 * A `data` listener beside the broker's `readable` one sees the same pieces and consumes nothing.
 */
export function tapConnection(connection: Duplex, tap: Tap): void {
  connection.on('data', (bytes: Buffer) => tap.take('client', bytes));
  const write = connection.write.bind(connection) as (...args: unknown[]) => boolean;
  connection.write = ((chunk: Buffer | string, ...rest: unknown[]) => {
    tap.take('broker', typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
    return write(chunk, ...rest);
  }) as Duplex['write'];
}
