/** A value of a JSON text, and the line that it begins on. */
export interface JsonNode {
  readonly line: number;
  /** The value as `JSON.parse` would give it. */
  readonly value: unknown;
  /** Members of an object and entries of a list, by their key; the key has a line of its own. */
  readonly children?: ReadonlyMap<string, JsonNode>;
  /** Keys that an object has more than once. */
  readonly twice?: readonly string[];
}

/** What is wrong with a JSON text, where, and what to do. */
export class JsonError extends Error {
  constructor(readonly line: number, message: string) {
    super(message);
  }
}

const CURES: Record<string, string> = {
  "'": 'write texts between double quotes',
  '/': 'JSON has no comments; take it out',
  '#': 'JSON has no comments; take it out',
  '': 'the text ends too early: a bracket or brace is not closed',
};

/** Reads JSON, with the line of each value. Throws a JsonError. */
export function readJson(text: string): JsonNode {
  const reader = new Reader(text.replace(/^\uFEFF/, ''));
  const node = reader.value(0);
  reader.end();
  return node;
}

/** Deepest nesting that is read; no settings need a quarter of it. */
const DEEPEST = 32;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonNode {
    const next = this.peek();
    if (depth > DEEPEST) throw this.error('this is nested too deeply');
    if (next === '{') return this.object(depth);
    if (next === '[') return this.list(depth);
    const line = this.line();
    if (next === '"') return { line, value: this.string() };
    return { line, value: this.word() };
  }

  end(): void {
    if (this.peek() !== '') throw this.error('nothing may follow the last brace');
  }

  private object(depth: number): JsonNode {
    const line = this.line();
    const children = new Map<string, JsonNode>();
    const twice: string[] = [];
    this.items('}', () => {
      if (this.peek() !== '"') throw this.unexpected('a name between double quotes');
      const key = this.string();
      if (this.peek() !== ':') throw this.unexpected(`a colon behind "${key}"`);
      this.at++;
      if (children.has(key)) twice.push(key);
      children.set(key, this.value(depth + 1));
    });
    const value: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [key, child] of children) value[key] = child.value;
    return { line, value, children, twice };
  }

  private list(depth: number): JsonNode {
    const line = this.line();
    const children = new Map<string, JsonNode>();
    this.items(']', () => void children.set(String(children.size), this.value(depth + 1)));
    return { line, value: [...children.values()].map((child) => child.value), children };
  }

  /** What is between brackets, with commas between its items. */
  private items(close: string, item: () => void): void {
    this.at++;
    if (this.skip(close)) return;
    for (;;) {
      item();
      if (this.skip(close)) return;
      if (this.peek() !== ',') throw this.unexpected(`a comma or ${close}`);
      this.at++;
      if (this.peek() === close) throw this.error(`the comma before ${close} is one too many`);
    }
  }

  private skip(character: string): boolean {
    if (this.peek() !== character) return false;
    this.at++;
    return true;
  }

  private string(): string {
    const found = /^"(?:[^"\\]|\\.)*"/.exec(this.text.slice(this.at));
    if (!found || found[0].includes('\n')) throw this.error('a text has no closing quote on its line');
    try {
      const value = JSON.parse(found[0]) as string;
      this.at += found[0].length;
      return value;
    } catch {
      throw this.error('a text has a backslash or a control character that JSON does not know');
    }
  }

  private word(): unknown {
    const word = /^[-+.\w]+/.exec(this.text.slice(this.at))?.[0] ?? '';
    if (!/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?)$/.test(word)) throw this.unexpected('a value');
    this.at += word.length;
    return JSON.parse(word);
  }

  private peek(): string {
    while (/[ \t\r\n]/.test(this.text.charAt(this.at))) this.at++;
    return this.text.charAt(this.at);
  }

  private line(): number {
    return this.text.slice(0, this.at).split('\n').length;
  }

  private error(message: string): JsonError {
    return new JsonError(this.line(), message);
  }

  private unexpected(wanted: string): JsonError {
    const cure = CURES[this.peek()];
    return this.error(`${wanted} was expected here${cure === undefined ? '' : `; ${cure}`}`);
  }
}
