/** Networks that are offered to choose among. */
const MOST = 12;

/** A network that a scan has found, as far as its name is concerned. */
export interface Found {
  readonly ssid: string;
  readonly rssi: number;
}

/** The strongest network whose name is not among `names`; '' when there is none. */
function next(found: Found[], names: string[]): string {
  let name = '';
  let best = 0;
  found.forEach((network) => {
    const ssid = network.ssid;
    if (!ssid || ssid.length > 31 || names.indexOf(ssid) >= 0) return;
    if (name && network.rssi <= best) return;
    name = ssid;
    best = network.rssi;
  });
  return name;
}

/**
 * The names of the strongest networks, each once. Those that hide theirs and those whose name Espruino would cut are
 * left out.
 */
export function strongest(found: Found[]): string[] {
  const names: string[] = [];
  for (let name = next(found, names); name && names.length < MOST; name = next(found, names)) names.push(name);
  return names;
}
