import type { Settings } from '../../../firmware/core/config.ts';

/** Letters that nobody mistakes for others when they are read from paper. */
const LETTERS = 'abcdefghijkmnpqrstuvwxyz23456789';
/** 60 bits: who records how a phone joins may guess for ever. */
const LENGTH = 12;

/** A password from this computer's random numbers; a chip has none that deserve the name. Runs in a browser too. */
export function newPassword(): string {
  // The number of letters divides 256, so that each is as likely as the others.
  return Array.from(crypto.getRandomValues(new Uint8Array(LENGTH)), (byte) => LETTERS[byte % LETTERS.length]).join('');
}

/**
 * Settings with a password for the access point of the device: the one that they name, or the one that it had before,
 * or a new one, which a person has to be told.
 */
export function withPortalPassword(settings: Settings, before?: Settings): { settings: Settings; isNew: boolean } {
  if (settings.portal.password) return { settings, isNew: false };
  // Settings of an older firmware lack the section.
  const old = before?.portal?.password;
  const password = old || newPassword();
  return { settings: { ...settings, portal: { ...settings.portal, password } }, isNew: !old };
}

/** Whether a device has nothing but a password for its access point: nobody has given it settings yet. */
export function isBare(settings: Settings): boolean {
  return !settings.mqtt?.host && !settings.wifi?.length;
}
