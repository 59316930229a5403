/** Fields that a message adds to what the hardware knows. */
type Fields = { [key: string]: unknown };

/**
 * What `info` says, as JSON: the hardware's facts, the limits in force, and what went wrong last. `settings` are JSON
 * already: as objects, they would take as much memory again. More than `room` bytes in all are not said: `null` stands
 * for the settings then.
 */
export function infoOf(
  facts: Fields, settings: string, names: string[], limits: Fields, error: string, room: number,
): string {
  facts.names = names;
  facts.limits = limits;
  facts.error = error;
  let text = JSON.stringify(facts);
  text = text.substr(0, text.length - 1);
  text += ',"settings":';
  text += text.length + settings.length < room ? settings : 'null';
  text += '}';
  return text;
}

/** What `stats` says: the hardware's figures, seconds since the start, and how often each thing has happened since. */
export function statsOf(figures: Fields, uptime: number, counts: { [what: string]: number }): Fields {
  figures.uptime = uptime;
  figures.counts = counts;
  return figures;
}
