import type { Scope } from 'eslint';
import type { ArrowFunctionExpression, BlockStatement, FunctionDeclaration, Identifier } from 'estree';
import MagicString from 'magic-string';
import { analyse, type Scopes } from '../scopes.ts';
import { inside, isFunctionNode, makesClosures } from './captures.ts';
import { declarations, removeDeclarations, type Declared, type Placed } from './nodes.ts';
import { fresh, isSteady, meansTheSame, replaceReference, type Names } from './names.ts';
import { independent, untilSettled } from './rounds.ts';

type Factory = Placed<FunctionDeclaration | ArrowFunctionExpression> & { body: Placed<BlockStatement> };

/** A call of a factory that is a statement of its own: `const thing = createThing(…);` or `createThing(…);`. */
interface Site {
  readonly factory: Declared & { value: Factory };
  readonly call: Placed & { arguments: Placed[] };
  readonly statement: Placed;
}

/**
 * Puts the body of a factory that is called once where the call is, until there is none left.
 *
 * Each closure holds a list of all scopes around it, so that one made two functions deep costs four variables more
 * than one made in the outermost function. A factory is a boundary for people and for tests; on the device there is
 * one of each, and no boundary to pay for.
 */
export function spliceFactories(code: string): string {
  return untilSettled(code, spliceRound);
}

function spliceRound(code: string): string {
  const scopes = analyse(code);
  const sites = independent(findSites(scopes), ({ factory, statement }) => [factory.statement.range, statement.range]);
  if (sites.length === 0) return code;
  const text = new MagicString(code);
  const names = fresh(code);
  for (const site of sites) splice(site, scopes, text, names);
  removeDeclarations(text, sites.map(({ factory }) => factory));
  return text.toString();
}

function findSites(scopes: Scopes): Site[] {
  return declarations(scopes.scopeManager).flatMap((declared) => {
    const [use, ...others] = declared.uses;
    if (!use || others.length > 0 || !isFactory(declared.value)) return [];
    const call = (use.identifier as Placed).parent as Site['call'];
    const statement = statementOf(call);
    if (call.type !== 'CallExpression' || call.callee !== use.identifier || !statement) return [];
    if (use.from !== declared.variable.scope || call.arguments.some(({ type }) => type === 'SpreadElement')) return [];
    return [{ factory: { ...declared, value: declared.value }, call, statement }];
  });
}

/** Whether it makes functions that outlive it, and ends in its only return. */
function isFactory(value: Placed): value is Factory {
  if (value.type !== 'FunctionDeclaration' && value.type !== 'ArrowFunctionExpression') return false;
  if (value.body.type !== 'BlockStatement' || !makesClosures(value)) return false;
  if (value.params.some(({ type }) => type !== 'Identifier')) return false;
  const own = inside(value.body as Placed).filter((node) => functionAround(node) === value);
  if (own.some((node) => node.type === 'ThisExpression' || ('name' in node && node.name === 'arguments'))) return false;
  const returns = own.filter(({ type }) => type === 'ReturnStatement');
  return returns.every((node) => node === (value.body as BlockStatement).body.at(-1));
}

function functionAround(node: Placed): Placed {
  let at = node.parent;
  while (!isFunctionNode(at)) at = at.parent;
  return at;
}

function statementOf(call: Placed): Placed | undefined {
  const { parent } = call;
  if (parent.type === 'ExpressionStatement') return inFunctionBody(parent) ? parent : undefined;
  if (parent.type !== 'VariableDeclarator' || parent.id.type !== 'Identifier') return undefined;
  const declaration = parent.parent as Placed;
  const alone = declaration.type === 'VariableDeclaration' && declaration.declarations.length === 1;
  return alone && inFunctionBody(declaration) ? declaration : undefined;
}

function inFunctionBody({ parent }: Placed): boolean {
  return parent.type === 'BlockStatement' && isFunctionNode(parent.parent);
}

function splice({ factory, call, statement }: Site, scopes: Scopes, text: MagicString, names: Names): void {
  const { value } = factory;
  const own = scopes.scopeManager.acquire(value) as Scope.Scope;
  const before: string[] = [];

  value.params.forEach((param, index) => {
    const variable = own.set.get((param as Identifier).name) as Scope.Variable;
    const argument = call.arguments[index];
    const source = argument ? text.original.slice(...argument.range) : 'undefined';
    const isWritten = variable.references.some((reference) => reference.isWrite());
    const isName = argument?.type === 'Identifier' && isSteady(argument.name, factory.variable.scope) &&
      meansTheSame(argument.name, factory.variable.scope, variable.references);
    const name = isName && !isWritten ? source : names(variable.name);
    if (name !== source) before.push(`${isWritten ? 'let' : 'const'} ${name} = ${source};`);
    for (const { identifier } of variable.references) replaceReference(text, identifier as Placed<Identifier>, name);
  });
  for (const variable of own.variables) {
    if (variable.defs.length === 0 || variable.defs[0]?.type === 'Parameter') continue;
    const name = names(variable.name);
    const uses = variable.references.map(({ identifier }) => identifier as Identifier);
    const places = new Set([...variable.identifiers, ...uses]);
    for (const place of places) replaceReference(text, place as Placed<Identifier>, name);
  }

  const body = value.body.body as Placed[];
  const last = body.at(-1);
  const result = last?.type === 'ReturnStatement' ? last : undefined;
  const statements = (result ? body.slice(0, -1) : body).map((node) => text.slice(...node.range));
  const given = result?.argument ? text.slice(...(result.argument as Placed).range) : 'undefined';
  const [start, end] = statement.range;
  const call0 = call.range;
  const ending = `${text.original.slice(start, call0[0])}${given}${text.original.slice(call0[1], end)}`;
  const whole = [...before, ...statements, statement.type === 'ExpressionStatement' ? `${given};` : ending].join('\n');
  text.overwrite(start, end, whole);
}
