import { WATCHED } from './watch-line.ts';

/** Whose topics are looked into to learn which names there are. */
export const NAMES = ['status', 'info'] as const;

/** Who was heard, and what else they are called. */
export class Attendance {
  /** Devices that have spoken, each with its groups. */
  private readonly groups = new Map<string, readonly string[]>();

  constructor(private readonly prefix: string) {}

  /** Takes any message. */
  hear(topic: string, payload: string): void {
    const leaf = WATCHED.find((end) => topic.endsWith(`/${end}`));
    if (!leaf || !topic.startsWith(`${this.prefix}/`)) return;
    const id = topic.slice(this.prefix.length + 1, -leaf.length - 1);
    // An empty message takes away what the broker kept of a bell that is gone.
    if (payload === '') return;
    const groups = leaf === 'info' ? groupsIn(payload) : [];
    this.groups.set(id, groups.length ? groups : this.groups.get(id) ?? []);
  }

  /** What to say of `names` after some time; '' when each of them, or anybody where none is named, was heard. */
  missing(names: readonly string[]): string {
    if (!names.length) return this.groups.size ? '' : 'No bell was heard yet. ';
    return names.filter((name) => !this.groups.has(name)).map((name) => this.unheard(name)).join('');
  }

  /** Who was heard, as a sentence; '' for nobody. */
  present(): string {
    return this.groups.size ? `Heard were ${[...this.groups.keys()].sort().join(', ')}. ` : '';
  }

  private unheard(name: string): string {
    const members = [...this.groups].filter(([, groups]) => groups.includes(name)).map(([id]) => id).sort();
    if (!members.length) return `Nobody called "${name}" was heard yet. `;
    return `"${name}" is a group: its bells speak under their own names, ${members.join(', ')}. `;
  }
}

/** `names` of an `info`: the device's own, its groups, and `all`. */
function groupsIn(payload: string): string[] {
  try {
    const { names } = JSON.parse(payload) as { names?: unknown };
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}
