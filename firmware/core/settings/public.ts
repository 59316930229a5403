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
 * The pattern that settings call `name`, or ''. `name` may be anything: it is compared, never
 * used as an index, because every object of Espruino has an `on`, an `emit` and more.
 */
export function patternNamed(patterns: Settings['ring']['patterns'], name: string): string {
  for (const key in patterns) {
    if (key === name) return patterns[key] as string;
  }
  return '';
}

/** The parts of the settings that may be shown, short ones first. */
export const SHOWN = 'id,prefix,led,muted,statsS,guard,time,portal,groups,button,mqtt,ring,wifi';

/**
 * Takes out of a part of the settings what may not leave the device: the secrets; of the networks, all but their names.
 * The part itself is changed, because memory for two is dear.
 */
export function withoutSecrets(name: string, part: unknown): unknown {
  const section = part as Record<string, unknown>;
  if (name === 'mqtt' || name === 'portal') {
    // Some brokers take an access token as the user name.
    delete section.username;
    delete section.password;
  }
  return name === 'wifi' ? (part as Settings['wifi']).map((network) => network.ssid) : part;
}
