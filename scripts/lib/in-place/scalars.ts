import type { Identifier, ObjectExpression, Property } from 'estree';
import MagicString from 'magic-string';
import { analyse } from '../scopes.ts';
import { inside } from './captures.ts';
import { declarations, type Declared, type Placed } from './nodes.ts';
import { fresh, isSteady, meansTheSame, replaceReference } from './names.ts';

/**
 * Makes of each object that is only a bundle of names, such as what a factory gives back, the names themselves: a
 * member costs a variable more than a name, and the object one more. One a time, until there is none left.
 */
export function scatterObjects(code: string): string {
  const found = declarations(analyse(code).scopeManager).find(isScatterable);
  return found ? scatterObjects(scatter(code, found)) : code;
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
  return property.key.type === 'Identifier' && !inside(property as Placed).some(({ type }) => type === 'ThisExpression');
}

function keyOf(property: Property): string {
  return (property.key as Identifier).name;
}

function isTarget(member: Placed): boolean {
  const { parent } = member;
  return (parent.type === 'AssignmentExpression' && parent.left === member) || parent.type === 'UpdateExpression';
}

function scatter(code: string, { value, uses, statement, variable }: Declared): string {
  const text = new MagicString(code);
  const names = fresh(code);
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
  return text.toString();
}

/** Drops second names: where `const a = b` and neither ever changes, `a` is written `b`. */
export function dropAliases(code: string): string {
  const alias = declarations(analyse(code).scopeManager).find(({ value, variable, statement, uses }) => {
    if (statement.type !== 'VariableDeclaration' || statement.declarations.length !== 1) return false;
    if (value.type !== 'Identifier' || value.name === 'undefined') return false;
    return isSteady(value.name, variable.scope) && meansTheSame(value.name, variable.scope, uses);
  });
  if (!alias) return code;
  const text = new MagicString(code);
  for (const { identifier } of alias.uses) {
    replaceReference(text, identifier as Placed<Identifier>, (alias.value as unknown as Identifier).name);
  }
  text.remove(...alias.statement.range);
  return dropAliases(text.toString());
}
