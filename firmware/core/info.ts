import { SHOWN } from './settings/public.ts';

/** Fields that a message adds to what the hardware knows. */
type Fields = { [key: string]: unknown };

/** Bytes that are kept free for the names of what is left out. */
const NAMES = 100;

/**
 * What `info` says, as JSON: the hardware's facts, the limits in force, what went wrong last, and the settings. `show`
 * gives one part of them as JSON; as one object, they would take as much memory again. Parts for which `room` bytes are
 * not enough are left out, and named in `omitted`.
 */
export function infoOf(
  facts: Fields, show: (name: string) => string, names: string[], limits: Fields, error: string, room: number,
): string {
  facts.names = names;
  facts.limits = limits;
  facts.error = error;
  let text = JSON.stringify(facts);
  text = text.substr(0, text.length - 1) + ',"settings":';
  let omitted = '';
  let open = '{';
  SHOWN.split(',').forEach((name) => {
    const part = open + '"' + name + '":' + show(name);
    if (text.length + part.length + NAMES < room) {
      text += part;
      open = ',';
    } else omitted += (omitted && ',') + name;
  });
  text += open === '{' ? '{}' : '}';
  if (omitted) text += ',"omitted":"' + omitted + '"';
  text += '}';
  return text;
}
