import type { Board } from '../../boards/board.ts';
import { longestPassword, NEWEST, rules, SECRET } from '../../firmware/core/config.ts';
import type { Limits, Settings } from '../../firmware/core/config.ts';
import { allowed, fits } from '../../firmware/core/settings/check.ts';
import { fill, given, pathOf } from '../../firmware/core/settings/fill.ts';
import { migrate } from '../../firmware/core/settings/migrate.ts';
import { contradictions } from './contradictions.ts';
import { textsToBytes } from './flash/texts.ts';
import { JsonError, readJson } from './json-lines.ts';
import type { JsonNode } from './json-lines.ts';
import { suggest } from './suggest.ts';

/** One thing that is wrong with settings. */
export interface SettingsError {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Such as `mqtt.port`, `wifi[0].ssid`; '' for the file as a whole. */
  readonly path: string;
  /** What is there; left out when nothing is, or when it is or may be a secret. */
  readonly value?: unknown;
  /** What is allowed and what to do. */
  readonly message: string;
}

/** The whole settings, with defaults, or everything that is wrong. */
export type Checked = { readonly settings: Settings } | { readonly errors: readonly SettingsError[] };

/**
 * Checks the text of a `bell.json` as fully as a computer can, for this board or for any. Older
 * versions are migrated. The texts of the result are Unicode; on a device they are bytes of UTF-8.
 */
export function checkSettings(text: string, board?: Board): Checked {
  let root: JsonNode;
  try {
    root = readJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    return { errors: [{ line: error.line, path: '', message: error.message }] };
  }
  const check = new Check(root, board);
  check.run();
  if (check.errors.length) return { errors: check.errors.sort((a, b) => a.line - b.line) };
  return { settings: fill(check.source, check.limits, () => undefined) };
}

class Check {
  readonly errors: SettingsError[] = [];
  readonly limits: Limits;
  /** The settings in the newest shape, as texts in Unicode. */
  readonly source: unknown;
  /** The same as they are checked: a character a byte. */
  private readonly bytes: unknown;
  /** Whether the file has the shape that `source` has, so that lines can be found by path. */
  private readonly isCurrent: boolean;

  constructor(private readonly root: JsonNode, private readonly board: Board | undefined) {
    this.limits = {
      strokeMs: board?.maxStrokeMs ?? 1500, password: longestPassword(board?.chip ?? 'esp32'),
    };
    const plain: unknown = JSON.parse(JSON.stringify(root.value));
    this.source = migrate(plain);
    this.isCurrent = this.source === plain;
    this.bytes = textsToBytes(this.source);
  }

  run(): void {
    if (!this.root.children || Array.isArray(this.root.value)) {
      return this.add('', 'the settings are one object: { … }');
    }
    const version = given(this.source, '', 'version');
    if (version !== undefined && version !== NEWEST) {
      return this.add('version', `must be ${NEWEST}; these settings are for another version of the firmware`);
    }
    this.names();
    this.values();
    if (!this.errors.length) this.together();
  }

  /** Refuses names that mean nothing, and names that are there twice. */
  private names(): void {
    const known = new Set(['version']);
    rules((section, name) => known.add(pathOf(section, name)), this.limits);
    this.duplicates('', this.root);
    if (!this.isCurrent) return;
    const sections = new Set([...known].filter((path) => path.includes('.')).map((path) => path.split('.')[0]!));
    for (const [name, node] of this.root.children ?? []) {
      if (!sections.has(name)) this.known(name, [...known, ...sections], known.has(name));
      else if (!node.children || Array.isArray(node.value)) this.add(name, 'must be an object: { … }');
      else this.inside(name, node, known);
    }
  }

  private inside(section: string, node: JsonNode, known: ReadonlySet<string>): void {
    for (const name of node.children?.keys() ?? []) {
      const path = `${section}.${name}`;
      this.known(path, [...known], known.has(path));
    }
  }

  private known(path: string, candidates: string[], isKnown: boolean): void {
    if (isKnown) return;
    const inside = path.includes('.');
    const near = suggest(path, candidates.filter((name) => !inside || name.includes('.')))
      ?? candidates.find((name) => name.split('.').at(-1) === path);
    this.add(path, 'there is no such setting' + (near === undefined ? '' : `; did you mean ${near}?`));
  }

  private duplicates(path: string, node: JsonNode): void {
    for (const name of node.twice ?? []) this.add(pathOf(path, name), 'is given twice; take one out');
    for (const [name, child] of node.children ?? []) this.duplicates(pathOf(path, name), child);
  }

  private values(): void {
    rules((section, name, kind, _byDefault, min, max, flags) => {
      const value = given(this.bytes, section, name);
      if (value === undefined || fits(kind, value, min, max)) return;
      const path = pathOf(section, name);
      const culprit = this.culprit(kind, value, min, max);
      this.add(path + culprit, `must be ${allowed(kind, min, max)}${this.remark(path, value)}`,
        flags & SECRET ? undefined : given(this.source, section, name));
    }, this.limits);
  }

  /** Which entry of a list is the wrong one, as the end of a path. */
  private culprit(kind: number, value: unknown, min: number, max: number): string {
    if (!Array.isArray(value) || value.length > max) return '';
    const index = value.findIndex((entry) => !fits(kind, [entry], min, max));
    return index < 0 ? '' : `[${index}]`;
  }

  private remark(path: string, value: unknown): string {
    if (path === 'mqtt.host' && typeof value === 'string' && value.includes('://')) return '; take the protocol away';
    if (path === 'guard.strokeMs' && this.board) return ` (what ${this.board.id} can end by itself)`;
    if (path === 'mqtt.password' && this.board) return ` on ${this.board.id}`;
    if (typeof value === 'string' && /^\d+$/.test(value) && path !== 'id') return '; without quotes';
    return '';
  }

  /** What is right alone but not together with the rest, or with the board. */
  private together(): void {
    const settings = fill(structuredClone(this.source), this.limits, () => undefined);
    for (const { path, message, value } of contradictions(settings, this.board)) this.add(path, message, value);
  }

  private add(path: string, message: string, value?: unknown): void {
    this.errors.push({ line: this.lineOf(path), path, ...(value === undefined ? {} : { value }), message });
  }

  /** Line of the value at a path, or of the nearest thing around it that is there. */
  private lineOf(path: string): number {
    let node = this.root;
    for (const step of path.split(/[.[\]]+/).filter(Boolean)) {
      const next = node.children?.get(step);
      if (!next) break;
      node = next;
    }
    return node.line;
  }
}
