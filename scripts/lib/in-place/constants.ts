import MagicString from 'magic-string';
import { analyse } from '../scopes.ts';
import { declarations, removeDeclaration, replaceUse, type Declared, type Placed } from './nodes.ts';

/** Bytes by which writing a string at each of its places may make the bundle longer. */
const LONGER = 120;

/** Writes each constant that is a plain number, a string, true, false, null or undefined where it is used. */
export function inlineConstants(code: string): string {
  const text = new MagicString(code);
  const touched = new Set<Placed>();
  for (const constant of declarations(analyse(code).scopeManager)) {
    const literal = literalOf(constant.value, code);
    if (literal === undefined || touched.has(constant.statement) || growth(constant, literal) > LONGER) continue;
    touched.add(constant.statement);
    for (const use of constant.uses) replaceUse(text, use, literal);
    removeDeclaration(text, constant);
  }
  const result = text.toString();
  // Of several constants in one statement one goes at a time.
  return touched.size > 0 ? inlineConstants(result) : result;
}

/** The text to write for a value, in parentheses where it could run into its neighbours. */
function literalOf(value: Placed, code: string): string | undefined {
  const source = code.slice(...value.range);
  if (value.type === 'Literal' && !('regex' in value)) return typeof value.value === 'number' ? `(${source})` : source;
  if (value.type === 'TemplateLiteral' && value.expressions.length === 0) return source;
  const isSigned = value.type === 'UnaryExpression' && value.argument.type === 'Literal';
  return isSigned ? `(${source})` : undefined;
}

function growth({ uses }: Declared, literal: string): number {
  return literal.length * (uses.length - 1);
}
