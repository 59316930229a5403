import type { Scope } from 'eslint';
import type { CallExpression, FunctionExpression, Identifier } from 'estree';
import MagicString from 'magic-string';
import { analyse, type Scopes } from '../scopes.ts';
import { inside, isFunctionNode, resolvesIn } from './captures.ts';
import { isSteady, sourceName } from './names.ts';
import {
  declarations, isWithin, removeDeclarations, replaceUse, type Declared, type Placed, type Span,
} from './nodes.ts';
import { independent, untilSettled } from './rounds.ts';

/** Bytes by which writing a function out at each of its places may make the bundle longer. */
const LONGER = 60;

/**
 * Writes a function that only evaluates one expression where it is called: a call costs time, and a function that
 * stays costs four variables and one a parameter. Repeated until there is none left.
 */
export function inlineExpressions(code: string, keep: ReadonlySet<string>): string {
  return untilSettled(code, (round) => inlineRound(round, keep));
}

function inlineRound(code: string, keep: ReadonlySet<string>): string {
  const chosen = independent(findInlines(analyse(code), code, keep), spansOf);
  if (chosen.length === 0) return code;
  const text = new MagicString(code);
  for (const { use, range, expression } of chosen.flatMap(({ places }) => places)) {
    if (range) text.overwrite(...range, expression);
    else replaceUse(text, use, expression);
  }
  removeDeclarations(text, chosen);
  return text.toString();
}

/** A function that is to go, and what is written instead. */
interface Inline extends Declared {
  readonly places: readonly Place[];
}

function findInlines(scopes: Scopes, code: string, keep: ReadonlySet<string>): Inline[] {
  return declarations(scopes.scopeManager).flatMap((declared) => {
    if (keep.has(sourceName(declared.variable.name))) return [];
    const places = placesOf(declared, scopes, code);
    return places ? [{ ...declared, places }] : [];
  });
}

/** What changes when a function goes. */
function spansOf({ declarator, places }: Inline): Span[] {
  return [declarator.range, ...places.map(({ use, range }) => range ?? (use.identifier as Placed).range)];
}

/** A use of the function, and what is written for it: over a whole call when there is a range. */
interface Place {
  readonly use: Scope.Reference;
  readonly range: [number, number] | undefined;
  readonly expression: string;
}

/** What is to be written where; undefined when the function has to stay. */
function placesOf(declared: Declared, scopes: Scopes, code: string): Place[] | undefined {
  const { value, uses } = declared;
  const body = isFunctionNode(value) ? bodyOf(value as Placed<FunctionExpression>) : undefined;
  if (!body || uses.length === 0 || mentionsItself(body)) return undefined;
  const places: Place[] = [];
  for (const use of uses) {
    const place = placeOf(use, declared, body, scopes, code);
    if (!place) return undefined;
    places.push(place);
  }
  const before = value.range[1] - value.range[0];
  const size = (range: readonly [number, number] | undefined): number => range ? range[1] - range[0] : 0;
  const longer = places.reduce((sum, { range, expression }) => sum + expression.length - size(range), -before);
  return longer <= LONGER && places.some(({ range }) => range) ? places : undefined;
}

/** The one expression of a function: what it returns, or, where nobody asks for a value, what it does. */
function bodyOf(value: Placed<FunctionExpression>): { expression: Placed; hasValue: boolean } | undefined {
  if (value.params.some(({ type }) => type !== 'Identifier')) return undefined;
  const body = value.body as Placed;
  if (body.type !== 'BlockStatement') return { expression: body, hasValue: true };
  const [only, ...others] = body.body as Placed[];
  if (!only || others.length > 0) return undefined;
  if (only.type === 'ReturnStatement' && only.argument) return { expression: only.argument as Placed, hasValue: true };
  return only.type === 'ExpressionStatement' ? { expression: only.expression as Placed, hasValue: false } : undefined;
}

/** Whether the expression would mean something else, or be evaluated at another time, where it is copied to. */
function mentionsItself({ expression }: { expression: Placed }): boolean {
  return [expression, ...inside(expression)].some((node) => {
    if (isFunctionNode(node) || node.type === 'ThisExpression') return true;
    return node.type === 'Identifier' && node.name === 'arguments';
  });
}

function placeOf(
  use: Scope.Reference, { value, variable }: Declared, body: { expression: Placed; hasValue: boolean },
  scopes: Scopes, code: string,
): Place | undefined {
  const identifier = use.identifier as Placed<Identifier>;
  const call = identifier.parent as Placed<CallExpression>;
  if (isWithin(identifier.range, value.range) || !resolvesIn(value, use.from, scopes.scopeManager)) return undefined;
  if (call.type !== 'CallExpression' || call.callee !== use.identifier) {
    // A member of an object, which holds what is around it by its other functions too. Not where it would stay.
    if ((call as Placed).type !== 'Property' || use.from === variable.scope) return undefined;
    const source = code.slice(...value.range);
    return value.type === 'ArrowFunctionExpression' ? { use, range: undefined, expression: source } : undefined;
  }
  if (!body.hasValue && call.parent.type !== 'ExpressionStatement') return undefined;
  const expression = withArguments(value as Placed<FunctionExpression>, body.expression, call, use, scopes, code);
  return expression === undefined ? undefined : { use, range: call.range, expression: `(${expression})` };
}

/** The expression with what a call hands over in place of the parameters; undefined when that could mean a change. */
function withArguments(
  value: Placed<FunctionExpression>, expression: Placed, call: Placed<CallExpression>, use: Scope.Reference,
  scopes: Scopes, code: string,
): string | undefined {
  const own = scopes.scopeManager.acquire(value) as Scope.Scope;
  const text = new MagicString(code);
  if (call.arguments.length !== value.params.length) return undefined;
  for (const [index, param] of value.params.entries()) {
    const variable = own.set.get((param as Identifier).name) as Scope.Variable;
    const argument = call.arguments[index] as Placed;
    const { references } = variable;
    if (references.some((reference) => reference.isWrite())) return undefined;
    if (!isPlain(argument, references.length, use)) return undefined;
    for (const reference of references) replaceUse(text, reference, code.slice(...argument.range));
  }
  return text.slice(...expression.range);
}

/** Whether an argument may be evaluated later than it was, and so often. */
function isPlain(argument: Placed, times: number, use: Scope.Reference): boolean {
  if (argument.type === 'Literal') return true;
  if (isFunctionNode(argument)) return times === 1;
  if (argument.type !== 'Identifier' || times === 0) return false;
  return isSteady(argument.name, use.from);
}
