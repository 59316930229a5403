/** Thrown as a SyntaxError of the board, with Espruino's words. */
export class JsonError extends Error {}

export interface JsonMakers {
  object(): Record<string, unknown>;
  array(): unknown[];
}

interface Token {
  readonly kind: 'ID' | 'INT' | 'FLOAT' | 'STRING' | 'punctuation' | 'EOF';
  readonly text: string;
  readonly value?: unknown;
}

const SPACE = /^(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/;
const NUMBER = /^(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)/;
const WORD = /^[A-Za-z_$][\w$]*/;
const STRING = /^(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*')/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0' };

/**
 * Espruino's JSON.parse, which uses the tokens of JavaScript: single quotes, hexadecimal, comments, a comma
 * too many and anything after the value are let through; of two equal keys the first one counts.
 */
export function parseJson(text: string, makers: JsonMakers, bareKeys: boolean): unknown {
  return new Parser(text, makers, bareKeys).value();
}

class Parser {
  private token: Token;

  constructor(private rest: string, private readonly makers: JsonMakers, private readonly bareKeys: boolean) {
    this.token = this.read();
  }

  value(): unknown {
    const { kind, text } = this.token;
    if (text === '[') return this.list();
    if (text === '{') return this.record();
    if (text === '-') return this.negative();
    if (kind === 'ID' && ['true', 'false', 'null'].includes(text)) return this.constant(text);
    if (kind === 'INT' || kind === 'FLOAT' || kind === 'STRING') {
      const { value } = this.token;
      this.token = this.read();
      return value;
    }
    throw new JsonError(`Expecting valid value, got ${text === 'undefined' ? text : this.name()}`);
  }

  private constant(text: string): unknown {
    this.token = this.read();
    return text === 'null' ? null : text === 'true';
  }

  private negative(): unknown {
    this.token = this.read();
    return this.token.kind === 'INT' || this.token.kind === 'FLOAT' ? 0 - Number(this.value()) : undefined;
  }

  private list(): unknown {
    const items = this.makers.array();
    this.token = this.read();
    while (this.token.text !== ']') {
      items.push(this.value());
      if (this.token.text !== ']') this.match(',');
    }
    this.match(']');
    return items;
  }

  private record(): unknown {
    const record = this.makers.object();
    this.token = this.read();
    while (['STRING', 'INT', 'ID'].includes(this.token.kind)) {
      if (this.token.kind !== 'STRING' && !this.bareKeys) this.fail('STRING');
      const key = String(this.token.value ?? this.token.text);
      this.token = this.read();
      this.match(':');
      const value = this.value();
      if (!Object.hasOwn(record, key)) record[key] = value;
      if (this.token.text !== '}') this.match(',');
    }
    this.match('}');
    return record;
  }

  private match(text: string): void {
    if (this.token.kind !== 'punctuation' || this.token.text !== text) this.fail(`'${text}'`);
    this.token = this.read();
  }

  private fail(expected: string): never {
    const { kind, text } = this.token;
    throw new JsonError(`Got ${kind === 'ID' ? `ID:${text}` : this.name()} expected ${expected}`);
  }

  private name(): string {
    const { kind, text } = this.token;
    return kind === 'punctuation' ? `'${text}'` : kind;
  }

  private read(): Token {
    this.rest = this.rest.replace(SPACE, '');
    if (!this.rest) return { kind: 'EOF', text: '' };
    const number = this.take(NUMBER);
    if (number !== undefined) {
      return { kind: /^0[xXbBoO]|^\d+$/.test(number) ? 'INT' : 'FLOAT', text: number, value: Number(number) };
    }
    const quoted = this.take(STRING);
    if (quoted !== undefined) return { kind: 'STRING', text: quoted, value: unescape(quoted.slice(1, -1)) };
    const word = this.take(WORD);
    if (word !== undefined) return { kind: 'ID', text: word };
    if (/^["']/.test(this.rest)) throw new JsonError('Got UNFINISHED STRING');
    return { kind: 'punctuation', text: this.take(/^[\s\S]/) as string };
  }

  private take(pattern: RegExp): string | undefined {
    const found = pattern.exec(this.rest)?.[0];
    if (found !== undefined) this.rest = this.rest.slice(found.length);
    return found;
  }
}

function unescape(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|([\s\S]))/g, (_all, byte, code, char: string) => {
    const digits = (byte ?? code) as string | undefined;
    // A byte string keeps the low byte of a character only.
    return digits === undefined ? ESCAPES[char] ?? char : String.fromCharCode(parseInt(digits, 16) & 0xFF);
  });
}
