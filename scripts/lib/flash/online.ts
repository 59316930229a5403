import type { MqttClient } from 'mqtt';
import type { Settings } from '../../../firmware/core/config.ts';
import { defaultId } from '../../../firmware/core/settings/public.ts';
import { Failure } from '../failure.ts';
import { connectHost, subscribeHost } from '../mqtt-host.ts';
import { interrupted } from './port-failure.ts';

/** What a bell says of itself when it has come online. */
export interface Online {
  readonly id: string;
  /** '' when it did not say. */
  readonly address: string;
  readonly version: string;
}

/** The name under which a device answers. */
export function idOf(settings: Settings, mac: string): string {
  return settings.id || defaultId(mac);
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

  private constructor(private readonly client: MqttClient, private readonly id: string, topic: string) {
    client.on('message', (name, payload, { retain }) => {
      if (retain) return;
      if (name === `${topic}/status`) this.isOnline = payload.toString() === 'online';
      else this.takeInfo(payload.toString());
      this.changed();
    });
  }

  /** Throws a Failure when the broker cannot be reached from here. */
  static async begin(settings: Settings, mac: string): Promise<OnlineWatch> {
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
