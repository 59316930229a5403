import { MqttClient } from 'mqtt';
import type { Broker } from './broker.ts';

/** Client id of the page's own connection; it shows in the wire list like any other. */
const CLIENT_ID = 'page';

/** The MQTT client through which the page rings: its rings take the same way as everybody's. */
export class PageClient {
  private readonly client: MqttClient;

  constructor(broker: Broker, private readonly prefix: string) {
    this.client = new MqttClient(() => broker.dial(), {
      clientId: CLIENT_ID,
      protocolVersion: 4,
      keepalive: 0,
      queueQoSZero: false,
    });
    // The broker lives in this process; when it goes, so does everything.
    this.client.on('error', () => undefined);
  }

  ring(name: string, payload: string): void {
    this.client.publish(`${this.prefix}/${name}/ring`, payload, { qos: 1 });
  }

  stop(name: string): void {
    this.client.publish(`${this.prefix}/${name}/stop`, '', { qos: 1 });
  }

  close(): void {
    this.client.end(true);
  }
}
