import type { MqttClient } from 'mqtt';
import type { Board } from '../../boards/board.ts';
import type { Manifest } from '../../firmware/core/update/manifest.ts';
import type { Bell, Hardware } from './bell.ts';
import { digestOf, manifestFor, orderFor } from './manifest.ts';
import type { Scene } from './scene.ts';
import type { Status } from './update-bench.ts';

/** Publishes images and manifests as a host does, with as little as can be, and hears what a device says of them. */
export class Pusher {
  readonly statuses: Status[] = [];
  private serial = 100;

  private constructor(
    private readonly scene: Scene<Hardware>, private readonly client: MqttClient, private readonly bell: Bell,
    private readonly kind: Board,
  ) {}

  /** One for this bell, listening. */
  static async of(scene: Scene<Hardware>, bell: Bell, kind: Board): Promise<Pusher> {
    const client = await scene.client('pusher');
    const pusher = new Pusher(scene, client, bell, kind);
    const topic = `${bell.prefix}/${bell.id}/update/status`;
    client.on('message', (from, payload) => {
      if (from === topic) pusher.statuses.push(JSON.parse(payload.toString()) as Status);
      scene.waiting.look();
    });
    await client.subscribeAsync(topic, { qos: 1 });
    return pusher;
  }

  /** Publishes the chunks of an image, retained; or only those that `pick` names. */
  async publish(image: Uint8Array, pick: (n: number) => boolean = () => true): Promise<void> {
    const { chunk } = this.kind;
    for (let at = 0, n = 0; at < image.length; at += chunk, n++) {
      if (pick(n)) await this.put(image, n, true);
    }
  }

  /** Publishes one chunk. */
  async put(image: Uint8Array, n: number, retain: boolean): Promise<void> {
    const { chunk } = this.kind;
    const payload = Buffer.from(image.subarray(n * chunk, (n + 1) * chunk));
    await this.client.publishAsync(this.topic(image, n), payload, { qos: 1, retain });
  }

  /** Asks the device to run an image, retained; gives the serial. */
  async order(image: Uint8Array, changes: Partial<Manifest> = {}): Promise<number> {
    const digest = digestOf(this.kind.digest === 'SHA1' ? 'sha1' : 'sha256');
    const serial = ++this.serial;
    const all = { serial, board: this.kind.id, chunk: this.kind.chunk, ...changes };
    await this.send(manifestFor(image, all, { digest }));
    return serial;
  }

  /** Sends the bytes of a manifest, retained. */
  async send(manifest: string): Promise<void> {
    const topic = `${this.bell.prefix}/${this.bell.id}/update`;
    await this.client.publishAsync(topic, Buffer.from(manifest, 'latin1'), { qos: 1, retain: true });
  }

  /** Waits until the device says one of these states of its last manifest, after the first `since` of its statuses. */
  async says(states: readonly string[], limitMs = 15 * 60_000, since = 0): Promise<Status> {
    const { serial } = this;
    const isIt = (said: Status) => states.includes(said.state) && (said.serial ?? serial) === serial;
    const found = () => this.statuses.slice(since).find(isIt);
    await this.scene.waiting.until(states.join(' or '), () => found() !== undefined, limitMs);
    return found()!;
  }

  private topic(image: Uint8Array, n: number): string {
    return `${this.bell.prefix}/image/${orderFor(image).image}/${n}`;
  }
}
