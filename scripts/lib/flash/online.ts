import type { MqttClient } from 'mqtt';
import type { Settings } from '../../../firmware/core/config.ts';
import { Failure } from '../failure.ts';
import { connectHost, subscribeHost } from '../mqtt-host.ts';
import { idOf } from './id-of.ts';
import { interrupted } from './port-failure.ts';

export { idOf };

/** What a bell says of itself when it has come online. */
export interface Online {
  readonly id: string;
  /** '' when it did not say. */
  readonly address: string;
  readonly version: string;
}

/** Of settings, what it takes to meet the device on its broker. */
export interface Rendezvous extends Pick<Settings, 'id' | 'prefix'> {
  readonly mqtt: Pick<Settings['mqtt'], 'host' | 'port' | 'tls' | 'username' | 'password'>;
}

/**
 * Listens on the bell's broker, with the bell's own user name, for the bell to come online. Made
 * before it starts: only what is said from now on counts, not what the broker has kept.
 */
export class OnlineWatch {
  private address = '';
  private version = '';
  private isOnline = false;
  private changed: () => void = () => undefined;
  /** What the bell says of a ring. Only said after `ring` was called. */
  onRang: (payload: string) => void = () => undefined;

  private constructor(
    private readonly client: MqttClient, private readonly id: string, private readonly topic: string,
  ) {
    client.on('message', (name, payload, { retain }) => {
      if (retain) return;
      if (name === `${topic}/status`) this.isOnline = payload.toString() === 'online';
      else if (name === `${topic}/info`) this.takeInfo(payload.toString());
      else if (name === `${topic}/rang`) this.onRang(payload.toString());
      this.changed();
    });
  }

  /** Throws a Failure when the broker cannot be reached from here. */
  static async begin(settings: Rendezvous, mac: string): Promise<OnlineWatch> {
    const { mqtt, prefix } = settings;
    const id = idOf(settings, mac);
    const client = await connectHost({
      url: `${mqtt.tls ? 'mqtts' : 'mqtt'}://${mqtt.host}:${mqtt.port}`,
      prefix,
      ...(mqtt.username ? { username: mqtt.username, password: mqtt.password } : {}),
    });
    const topic = `${prefix}/${id}`;
    const watch = new OnlineWatch(client, id, topic);
    try {
      await subscribeHost(client, [`${topic}/status`, `${topic}/info`]);
    } catch (error) {
      client.end(true);
      throw error;
    }
    return watch;
  }

  /** Waits for it; throws a Failure when it does not come. */
  async wait(seconds: number, signal: AbortSignal): Promise<Online> {
    const end = await this.ended(seconds * 1000, signal);
    if (end === 'interrupted') throw interrupted();
    const { id, address, version } = this;
    if (this.isOnline) return { id, address, version };
    throw new Failure(
      `${id} is flashed and has not come online in ${seconds} s`,
      'Are network and password right, and does the broker answer in that network? bell doctor has a look at it.',
    );
  }

  /** Rings the bell with its own pattern; `onRang` tells what became of it. */
  async ring(): Promise<void> {
    await subscribeHost(this.client, [`${this.topic}/rang`]);
    await this.client.publishAsync(`${this.topic}/ring`, '', { qos: 1 });
  }

  close(): void {
    this.client.end(true);
  }

  private ended(ms: number, signal: AbortSignal): Promise<'online' | 'late' | 'interrupted'> {
    return new Promise((done) => {
      const timer = setTimeout(() => end('late'), ms);
      const interrupt = () => end('interrupted');
      const end = (how: 'online' | 'late' | 'interrupted') => {
        clearTimeout(timer);
        signal.removeEventListener('abort', interrupt);
        done(how);
      };
      this.changed = () => {
        if (this.isOnline && this.version) end('online');
      };
      signal.addEventListener('abort', interrupt);
      if (signal.aborted) interrupt();
      this.changed();
    });
  }

  private takeInfo(payload: string): void {
    try {
      const { address = '', version = '' } = JSON.parse(payload) as { address?: string; version?: string };
      this.address = address;
      this.version = version;
    } catch {
      // Somebody else's message: the bell will say it again.
    }
  }
}
