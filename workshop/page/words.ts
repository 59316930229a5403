import type { DeviceState } from '../messages.ts';
import { duration } from '../outcome-words.ts';

/** What the broker was told about a device, and whether it still holds. */
export function statusInWords(device: DeviceState): { text: string; note?: string } {
  const text = device.status || 'not heard yet';
  if (device.status !== 'online') return { text };
  if (!device.power) return { text, note: 'Without power. The broker has not noticed yet.' };
  if (!device.wifi) return { text, note: 'Without Wi-Fi. The broker has not noticed yet.' };
  return { text };
}

const LIMITS: Record<string, (value: number) => string> = {
  strokeMs: (value) => `one stroke ${duration(value)} at most`,
  lockoutMs: (value) => `${duration(value)} between rings`,
};

/** The limits in force, from `info`; empty while the device has not told them. */
export function limitsInWords(info: DeviceState['info']): string[] {
  const limits = info?.limits ?? info?.guard;
  if (typeof limits !== 'object' || limits === null) return [];
  const { heatMs, windowS, ...others } = limits as Record<string, unknown>;
  const heat = typeof heatMs === 'number' && typeof windowS === 'number'
    ? [`${duration(heatMs)} on within ${duration(windowS * 1000)}`]
    : [];
  return [...heat, ...Object.entries(others).map(([key, value]) => limit(key, value))];
}

function limit(key: string, value: unknown): string {
  const known = LIMITS[key];
  return known && typeof value === 'number' ? known(value) : `${key} ${String(value)}`;
}

/** Clock time of a Unix time in ms; with milliseconds for the wire. */
export function clock(at: number, exact = false): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return exact ? `${time}.${String(date.getMilliseconds()).padStart(3, '0')}` : time;
}
