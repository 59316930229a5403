import type { DeviceState } from '../messages.ts';

/** What a device had said when this page sent a ring to it; by the name that the ring was sent to. */
export type Sent = Readonly<Record<string, ReadonlyMap<string, number | undefined>>>;

/** After a ring to `name`, which is for these devices. */
export function afterRing(sent: Sent, name: string, devices: readonly DeviceState[]): Sent {
  return { ...sent, [name]: new Map(devices.map(({ id, rang }) => [id, rang?.at])) };
}

/** After a stop to `name`. What waits for a device that is away is not taken back by it: it is merely not told. */
export function afterStop(sent: Sent, name: string): Sent {
  return { ...sent, [name]: new Map() };
}

/** What there is to say of a ring whose devices cannot hear it now; '' when nothing is. */
export function sentInWords(sent: Sent, name: string, devices: readonly DeviceState[]): string {
  const away = devices.filter((device) => {
    const before = sent[name];
    return before?.has(device.id) && before.get(device.id) === device.rang?.at && isAway(device);
  });
  if (!away.length) return '';
  const names = away.map(({ id }) => id).join(', ');
  return `Sent; ${names} ${away.length === 1 ? 'is' : 'are'} offline. It rings only within its ttl, later it is stale.`;
}

function isAway({ power, wifi, status }: DeviceState): boolean {
  return !power || !wifi || status !== 'online';
}
