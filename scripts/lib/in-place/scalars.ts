import type { Identifier, ObjectExpression, Property } from 'estree';
import MagicString from 'magic-string';
import { analyse } from '../scopes.ts';
import { inside } from './captures.ts';
import { declarations, isWithin, type Declared, type Placed } from './nodes.ts';
import { fresh, isSteady, meansTheSame, replaceReference } from './names.ts';
import { untilSettled } from './rounds.ts';

/**
 * Makes of each object that is only a bundle of names, such as what a factory gives back, the names themselves: a
 * member costs a variable more than a name, and the object one more.
 */
export function scatterObjects(code: string): string {
  return untilSettled(code, scatterRound);
}

function scatterRound(code: string): string {
  const found = apart(declarations(analyse(code).scopeManager).filter(isScatterable));
  if (found.length === 0) return code;
  const text = new MagicString(code);
  const names = fresh(code);
  for (const one of found) scatter(text, one, names);
  return text.toString();
}

/** Leaves out what is declared or used within the declaration of another: its text is about to change. */
function apart(found: Declared[]): Declared[] {
  const touches = (one: Declared, other: Declared): boolean => {
    const places = [one.statement, ...one.uses.map(({ identifier }) => identifier as Placed)];
    return places.some(({ range }) => isWithin(range, other.statement.range));
  };
  return found.filter((one, index) => {
    return found.slice(0, index).every((other) => !touches(one, other) && !touches(other, one));
  });
}

function isScatterable({ value, uses, statement }: Declared): boolean {
  if (value.type !== 'ObjectExpression' || !value.properties.every(isPlain)) return false;
  if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return false;
  const keys = new Set(value.properties.map((property) => keyOf(property as Property)));
  return uses.every(({ identifier }) => {
    const member = (identifier as Placed).parent;
    if (member.type !== 'MemberExpression' || member.object !== identifier || member.computed) return false;
    if (member.parent.type === 'UnaryExpression' && member.parent.operator === 'delete') return false;
    return keys.has((member.property as Identifier).name) || !isTarget(member);
  });
}

function isPlain(property: ObjectExpression['properties'][number]): boolean {
  if (property.type !== 'Property' || property.kind !== 'init' || property.computed || property.method) return false;
  const usesThis = inside(property as Placed).some(({ type }) => type === 'ThisExpression');
  return property.key.type === 'Identifier' && !usesThis;
}

function keyOf(property: Property): string {
  return (property.key as Identifier).name;
}

function isTarget(member: Placed): boolean {
  const { parent } = member;
  return (parent.type === 'AssignmentExpression' && parent.left === member) || parent.type === 'UpdateExpression';
}

function scatter(text: MagicString, object: Declared, names: (name: string) => string): void {
  const { value, uses, statement, variable } = object;
  const members = uses.map(({ identifier }) => (identifier as Placed).parent as Placed & { property: Identifier });
  const written = new Set(members.filter(isTarget).map(({ property }) => property.name));
  const properties = (value as unknown as ObjectExpression).properties as Property[];
  const byKey = new Map(properties.map((property) => [keyOf(property), names(`${variable.name}_${keyOf(property)}`)]));
  for (const member of members) text.overwrite(...member.range, byKey.get(member.property.name) ?? 'undefined');
  const lines = properties.map((property) => {
    const source = text.slice(...(property.value as Placed).range);
    return `${written.has(keyOf(property)) ? 'let' : 'const'} ${byKey.get(keyOf(property))} = ${source};`;
  });
  text.overwrite(...statement.range, lines.join('\n'));
}

/** Drops second names: where `const a = b` and neither ever changes, `a` is written `b`. */
export function dropAliases(code: string): string {
  return untilSettled(code, dropRound);
}

function dropRound(code: string): string {
  const found = apart(declarations(analyse(code).scopeManager).filter(isAlias));
  const second = new Set(found.map(({ variable }) => variable.name));
  const ready = found.filter(({ value }) => !second.has(nameOf(value)));
  if (ready.length === 0) return code;
  const text = new MagicString(code);
  for (const { uses, value, statement } of ready) {
    for (const { identifier } of uses) replaceReference(text, identifier as Placed<Identifier>, nameOf(value));
    text.remove(...statement.range);
  }
  return text.toString();
}

function isAlias({ value, variable, statement, uses }: Declared): boolean {
  if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return false;
  if (value.type !== 'Identifier' || value.name === 'undefined') return false;
  return isSteady(value.name, variable.scope) && meansTheSame(value.name, variable.scope, uses);
}

function nameOf(value: Placed): string {
  return (value as unknown as Identifier).name;
}
