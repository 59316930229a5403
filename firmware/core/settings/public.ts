import type { Settings } from '../config.ts';

/** A device's name when its settings give none: `bell-` and the last six hex digits of its serial number. */
export function defaultId(serial: string): string {
  let digits = '';
  for (let i = 0; i < serial.length; i++) {
    const digit = serial.charAt(i).toLowerCase();
    if ('0123456789abcdef'.indexOf(digit) >= 0) digits += digit;
  }
  return 'bell-' + digits.substr(-6);
}

/**
 * The pattern that the settings call `name`, or ''. `name` may be anything: it is compared, never
 * used as an index, because every object of Espruino has an `on`, an `emit` and more.
 */
export function patternNamed(settings: Settings, name: string): string {
  const patterns = settings.ring.patterns;
  for (const key in patterns) {
    if (key === name) return patterns[key] as string;
  }
  return '';
}

/**
 * Takes out of settings what may not leave the device: the secrets; of the networks, all but their names. The object
 * itself is changed, because memory for two is dear.
 */
export function withoutSecrets(settings: Settings): Record<string, unknown> {
  const shown = settings as unknown as Record<string, unknown>;
  const mqtt = shown.mqtt as Record<string, unknown>;
  // Some brokers take an access token as the user name.
  delete mqtt.username;
  delete mqtt.password;
  delete shown.update;
  // Older settings lack it.
  if (settings.portal) delete (settings.portal as { password?: string }).password;
  delete shown.version;
  shown.wifi = settings.wifi.map((network) => network.ssid);
  return shown;
}
