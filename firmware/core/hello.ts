import type { Settings } from './config.ts';
import { encodeConnect } from './mqtt/packet.ts';

/** The CONNECT packet of a device: whoever is lost is `offline`. `base` is what its topics begin with. */
export function helloOf(mqtt: Settings['mqtt'], id: string, base: string): string {
  return encodeConnect({
    clientId: mqtt.clientId || id,
    clean: mqtt.cleanSession ? 1 : 0,
    keepAlive: mqtt.keepAlive,
    will: { topic: base + 'status', payload: 'offline', qos: 1, retain: 1 },
    username: mqtt.username,
    password: mqtt.password,
  });
}
