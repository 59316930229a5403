import type { Node } from 'estree';
import MagicString from 'magic-string';
import { analyse, type Placed } from '../scopes.ts';
import { declarations, removeDeclarations, replaceUse, type Declared } from './nodes.ts';

/** Bytes by which writing a string at each of its places may make the bundle longer. */
const LONGER = 120;

/** Writes each constant that is a number or a sum of some, a string, true, false or null where it is used. */
export function inlineConstants(code: string): string {
  const text = new MagicString(code);
  const gone = declarations(analyse(code).scopeManager).filter((constant) => {
    const literal = literalOf(constant.value, code);
    if (literal === undefined || growth(constant, literal) > LONGER) return false;
    for (const use of constant.uses) replaceUse(text, use, literal);
    return true;
  });
  removeDeclarations(text, gone);
  return text.toString();
}

/** The text to write for a value, in parentheses where it could run into its neighbours. */
function literalOf(value: Placed, code: string): string | undefined {
  const source = code.slice(...value.range);
  if (value.type === 'Literal' && !('regex' in value)) return typeof value.value === 'number' ? `(${source})` : source;
  if (value.type === 'TemplateLiteral' && value.expressions.length === 0) return source;
  return isCalculation(value) ? `(${source})` : undefined;
}

/** Whether it is numbers and arithmetic only: the minifier works it out. */
function isCalculation(value: Node): boolean {
  if (value.type === 'UnaryExpression') return isCalculation(value.argument);
  if (value.type === 'BinaryExpression') return isCalculation(value.left as Node) && isCalculation(value.right);
  return value.type === 'Literal' && (typeof value.value === 'number' || typeof value.value === 'boolean');
}

function growth({ uses }: Declared, literal: string): number {
  return literal.length * (uses.length - 1);
}
