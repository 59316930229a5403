import type { Scope } from 'eslint';
import type { Identifier } from 'estree';
import type MagicString from 'magic-string';
import type { Placed } from './nodes.ts';

/** Gives a name of its own to something that was called otherwise. */
export type Names = (name: string) => string;

/** Gives names that occur nowhere in `code`, nor were given before. The minifier shortens them. */
export function fresh(code: string): Names {
  const taken = new Set(code.match(/[\w$]+/g));
  return (name) => {
    let count = 1;
    while (taken.has(`${name}$${count}`)) count++;
    taken.add(`${name}$${count}`);
    return `${name}$${count}`;
  };
}

/** The name that a function had in its source: `fresh` adds a number, and a member of an object its object's name. */
export function sourceName(name: string): string {
  return name.replace(/\$\d+/g, '').split('_').at(-1) ?? name;
}

/** The variable that a name means in a scope. */
export function lookUp(name: string, from: Scope.Scope | null): Scope.Variable | undefined {
  for (let scope = from; scope; scope = scope.upper) {
    const found = scope.set.get(name);
    // Every function has `arguments`, whether it is mentioned or not.
    if (found && (name !== 'arguments' || scope.type === 'function')) return found;
  }
  return undefined;
}

/** Whether a name of this scope means the same at each of these places. */
export function meansTheSame(name: string, scope: Scope.Scope, places: Scope.Reference[]): boolean {
  return places.every((place) => lookUp(name, place.from) === lookUp(name, scope));
}

/** Whether a name, looked up from `scope`, always means what it meant at first: constant, function, parameter. */
export function isSteady(name: string, from: Scope.Scope): boolean {
  const variable = lookUp(name, from);
  if (variable) return variable.defs.length === 1 && variable.references.every((use) => use.init || use.isReadOnly());
  let outermost = from;
  while (outermost.upper) outermost = outermost.upper;
  return outermost.through.every((use) => use.identifier.name !== name || use.isReadOnly());
}

/** Writes another name over an identifier, with the key when it was `{ name }`. */
export function replaceReference(text: MagicString, identifier: Placed<Identifier>, name: string): void {
  const { parent } = identifier;
  const shorthand = parent.type === 'Property' && parent.shorthand;
  text.overwrite(...identifier.range, shorthand ? `${identifier.name}: ${name}` : name);
}
