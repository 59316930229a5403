import { DEAF, NO_BROKER, NO_NETWORK, NO_SETTINGS, REFUSED, SAFE_MODE, WELL } from '../../firmware/core/led.ts';
import type { DeviceState } from '../messages.ts';

/** What each code means, as in docs/led.md. */
const WORDS: Readonly<Record<number, string>> = {
  [WELL]: 'it is online',
  [NO_NETWORK]: 'no network',
  [NO_BROKER]: 'network, but no broker',
  [REFUSED]: 'the broker refuses it',
  [DEAF]: 'online, but the broker refuses a subscription',
  [NO_SETTINGS]: 'no broker in its settings',
  [SAFE_MODE]: 'safe mode, no image runs',
};

/** What the LED of a device says, in words. */
export function ledInWords({ power, led }: Pick<DeviceState, 'power' | 'led'>): string {
  if (!power) return 'dark: no power';
  const blinks = led?.blinks;
  if (blinks === undefined) return 'counting its blinks…';
  if (blinks === 0) return 'dark: the loader is at work, or the bell sounds';
  const times = blinks === 1 ? 'blinks once' : `blinks ${blinks} times`;
  return `${times}: ${WORDS[blinks] ?? 'a code that is not known'}`;
}
