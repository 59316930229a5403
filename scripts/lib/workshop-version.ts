import { isNewer } from '../../firmware/core/update/version.ts';

const VERSION = /^\d{1,5}\.\d{1,5}\.\d{1,5}$/;

/**
 * The version of the next image, newer than all that are `taken`: that of the sources when somebody has raised it, and
 * else the next patch. What is no version is left out; anybody may publish an `info`.
 */
export function nextVersion(taken: readonly string[], sources: string): string {
  const known = taken.filter((text) => VERSION.test(text));
  const highest = known.reduce((high, text) => (isNewer(text, high) ? text : high), '0.0.0');
  if (isNewer(sources, highest)) return sources;
  const [major, minor, patch] = highest.split('.').map(Number) as [number, number, number];
  return `${major}.${minor}.${patch + 1}`;
}
