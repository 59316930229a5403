import { NEWEST } from '../config.ts';
import { isObject } from './check.ts';

/**
 * Settings of an older version in the shape of the newest; anything else as it is.
 *
 * Version 0 is what the first sketch kept: `{"ssid", "password", "host"}` side by side, and no
 * `version`. What a newer firmware has stored is read for what it has in common with this one, so
 * that going back to an older image keeps the network and the broker.
 */
export function migrate(source: unknown): unknown {
  if (!isObject(source) || source.version !== undefined || typeof source.ssid !== 'string') return source;
  return {
    version: NEWEST,
    id: source.name,
    wifi: [{ ssid: source.ssid, password: source.password }],
    mqtt: { host: source.host, port: source.port },
  };
}
