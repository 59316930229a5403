/** Fields that a message adds to what the hardware knows. */
type Fields = { [key: string]: unknown };

/** What `info` says: the hardware's facts, the limits in force, and what went wrong last. */
export function infoOf(facts: Fields, settings: Fields, names: string[], limits: Fields, error: string): Fields {
  facts.names = names;
  facts.limits = limits;
  facts.settings = settings;
  facts.error = error;
  return facts;
}

/** What `stats` says: the hardware's figures, seconds since the start, and how often each thing has happened since. */
export function statsOf(figures: Fields, uptime: number, counts: { [what: string]: number }): Fields {
  figures.uptime = uptime;
  figures.counts = counts;
  return figures;
}
