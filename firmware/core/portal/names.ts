/** Networks that are offered to choose among. */
const MOST = 10;

/**
 * What stands behind each name of a list, which is one text: ten names take 25 variables so, and 50 in an array. No
 * network of Espruino's has it in its name.
 */
const END = '\0';

/** A network that a scan has found, as far as its name is concerned. */
export interface Found {
  readonly ssid: string;
  readonly rssi: number;
}

/** Whether a name is in a list. */
export function hasName(names: string, name: string): boolean {
  return (END + names).lastIndexOf(END + name + END) >= 0;
}

/** A list with one more name, unless it is there already. */
export function withName(names: string, name: string): string {
  return hasName(names, name) ? names : names + name + END;
}

/** The name of this number, from 0; '' when there is none, or it is no number. */
export function nameAt(names: string, index: number): string {
  if (!(index >= 0)) return '';
  let start = 0;
  for (let i = 0; i < index && start < names.length; i++) start = names.indexOf(END, start) + 1;
  return start < names.length ? names.substring(start, names.indexOf(END, start)) : '';
}

/** How many names a list has. */
export function countOf(names: string): number {
  let count = 0;
  for (let start = 0; start < names.length; start = names.indexOf(END, start) + 1) count++;
  return count;
}

/** What stands for a strength of 0 dBm; a weaker one is less. No network is called like one of these characters. */
const STRONGEST = 255;

/**
 * What a scan has found, as one text: each name, and behind it how strong the network is. The list is emptied on the
 * way, so that memory only becomes less: thirty networks take 560 variables as they come, and 80 then. Those that hide
 * their name and those whose name Espruino would cut are left out.
 */
export function gather(found: Found[]): string {
  let all = '';
  for (let network = found.pop(); network; network = found.pop()) {
    const ssid = network.ssid;
    if (ssid && ssid.length < 32) all += ssid + END + String.fromCharCode(STRONGEST + network.rssi) + END;
  }
  return all;
}

/** The strongest network of `gather` whose name is not in the list; '' when there is none. */
function next(all: string, names: string): string {
  let name = '';
  let best = '';
  for (let start = 0; start < all.length;) {
    const end = all.indexOf(END, start);
    const level = all.charAt(end + 1);
    // Among equals the first that was found, which is the last one here.
    if (level >= best && !hasName(names, all.substring(start, end))) {
      name = all.substring(start, end);
      best = level;
    }
    start = end + 3;
  }
  return name;
}

/** The names of the strongest networks of `gather`, each once. */
export function strongest(all: string): string {
  let names = '';
  for (let i = 0; i < MOST; i++) {
    const name = next(all, names);
    if (name) names = withName(names, name);
  }
  return names;
}
