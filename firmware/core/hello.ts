import type { Settings } from './config.ts';
import { encodeConnect } from './mqtt/packet.ts';

/** The CONNECT packet of these settings: whoever is lost is `offline`. */
export function helloOf(settings: Settings): string {
  const mqtt = settings.mqtt;
  return encodeConnect({
    clientId: mqtt.clientId || settings.id,
    clean: mqtt.cleanSession ? 1 : 0,
    keepAlive: mqtt.keepAlive,
    will: { topic: settings.prefix + '/' + settings.id + '/status', payload: 'offline', qos: 1, retain: 1 },
    username: mqtt.username,
    password: mqtt.password,
  });
}
