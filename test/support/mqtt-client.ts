import mqtt, { MqttClient } from 'mqtt';
import type { IClientOptions } from 'mqtt';
import type { Duplex } from 'node:stream';

/** MQTT 3.1.1, and no second attempt: a test decides itself. */
const OPTIONS: IClientOptions = { protocolVersion: 4, reconnectPeriod: 0 };

/** An ordinary MQTT client, connected by URL. */
export function connectClient(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  return mqtt.connectAsync(url, { ...OPTIONS, ...options });
}

/** An ordinary MQTT client over a stream, connected. */
export async function clientOver(stream: Duplex, options: IClientOptions): Promise<MqttClient> {
  const client = new MqttClient(() => stream, { ...OPTIONS, ...options });
  client.on('error', () => undefined);
  await new Promise<void>((done) => client.once('connect', () => done()));
  return client;
}

/** The next message that arrives: its topic and payload. */
export function nextMessage(client: MqttClient): Promise<[topic: string, payload: string]> {
  return new Promise((done) => client.once('message', (topic, payload) => done([topic, payload.toString()])));
}

/** The next message whose payload satisfies `wanted`. */
export function messageWhere(client: MqttClient, wanted: (payload: string, topic: string) => boolean): Promise<string> {
  return new Promise((done) => {
    const look = (topic: string, payload: Buffer) => {
      if (!wanted(payload.toString(), topic)) return;
      client.off('message', look);
      done(payload.toString());
    };
    client.on('message', look);
  });
}
