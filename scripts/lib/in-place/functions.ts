import type { Scope } from 'eslint';
import MagicString from 'magic-string';
import { analyse, type Placed, type Scopes } from '../scopes.ts';
import { holdsMore, resolvesAlike, usesThis } from './captures.ts';
import { declarations, isWithin, removeDeclarations, replaceUse, type Declared, type Span } from './nodes.ts';
import { sourceName } from './names.ts';
import { independent } from './rounds.ts';

const LOOPS = ['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'];

/** A function that is used in one place, and that place. */
export interface Single extends Declared {
  readonly use: Scope.Reference;
}

/**
 * Moves functions that are used once to where they are used; one level of them a call.
 *
 * Left where they are: what `keep` names; what is used within a loop, where it would be made again
 * and again; what would mean something else at its new place; and what would hold on to the
 * variables of the function around that place (`captures.ts`).
 */
export function moveFunctions(code: string, keep: ReadonlySet<string>): string {
  const scopes = analyse(code);
  const text = new MagicString(code);
  const moving = independent(singles(scopes).filter((one) => whyNot(one, scopes, keep) === undefined), spansOf);
  for (const single of moving) replaceUse(text, single.use, expressionOf(single, code));
  removeDeclarations(text, moving);
  return text.toString();
}

/** Functions that are used once and stay, each with the reason: where more variables could be saved. */
export function residents(code: string, keep: ReadonlySet<string>): { name: string; reason: string }[] {
  const scopes = analyse(code);
  return singles(scopes).flatMap((single) => {
    const reason = whyNot(single, scopes, keep);
    return reason === undefined ? [] : [{ name: single.variable.name, reason }];
  });
}

function singles(scopes: Scopes): Single[] {
  return declarations(scopes.scopeManager).flatMap((declared) => {
    const [use, ...others] = declared.uses;
    return use && others.length === 0 && isFunction(declared.value) ? [{ ...declared, use }] : [];
  });
}

function isFunction({ type }: Placed): boolean {
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
}

function whyNot(single: Single, scopes: Scopes, keep: ReadonlySet<string>): string | undefined {
  const { variable, value, use } = single;
  const identifier = use.identifier as Placed;
  if (keep.has(sourceName(variable.name))) return 'kept by name';
  if (isWithin(identifier.range, value.range)) return 'calls itself';
  const { parent } = identifier;
  if (parent.type === 'NewExpression' && parent.callee === use.identifier) return 'is a constructor';
  if (isInLoop(identifier, variable.scope.block as Placed)) return 'is used in a loop';
  if (usesThis(value)) return 'is an arrow function with this';
  if (!resolvesAlike(single, scopes.scopeManager)) return 'a name means something else at its only use';
  if (holdsMore(single)) return 'would hold the variables around its only use';
  return undefined;
}

function isInLoop(node: Placed, end: Placed): boolean {
  for (let at = node; at !== end; at = at.parent) if (LOOPS.includes(at.type)) return true;
  return false;
}

/** What changes when a function moves. */
function spansOf({ declarator, use }: Single): Span[] {
  return [declarator.range, (use.identifier as Placed).range];
}

function expressionOf({ value, use }: Single, code: string): string {
  const name = value.type === 'FunctionDeclaration' ? (value.id as Placed<typeof value.id>) : undefined;
  const source = name ? `function${code.slice(name.range[1], value.range[1])}` : code.slice(...value.range);
  return standsAlone(use.identifier as Placed) ? source : `(${source})`;
}

/** Whether an expression at this place needs no parentheses. */
function standsAlone(node: Placed): boolean {
  const { parent } = node;
  if (parent.type === 'CallExpression') return parent.callee !== node;
  return parent.type === 'Property' || parent.type === 'ReturnStatement' || parent.type === 'ArrayExpression';
}
