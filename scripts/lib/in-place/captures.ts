import type { Scope } from 'eslint';
import type { Node } from 'estree';
import type { Single } from './functions.ts';
import { lookUp } from './names.ts';
import { eachChild, type Placed } from '../scopes.ts';

/** Whether every name inside the function means the same at its use as where it was declared. */
export function resolvesAlike({ value, use }: Single, manager: Scope.ScopeManager): boolean {
  return resolvesIn(value, use.from, manager);
}

/** Whether every name inside the function means the same in a scope as where it was declared. */
export function resolvesIn(value: Placed, scope: Scope.Scope, manager: Scope.ScopeManager): boolean {
  const own = manager.acquire(value);
  if (!own) return false;
  return own.through.every(({ identifier: { name } }) => lookUp(name, scope) === lookUp(name, own.upper));
}

/**
 * Whether a function would keep variables alive that it did not before. A closure holds the whole
 * scope in which it is made. So a function that outlives its place, or that makes closures which
 * may, stays out of any function that has variables of its own: a received packet could otherwise
 * hang on a timer.
 */
export function holdsMore({ variable, value, use }: Single): boolean {
  if (isCalledOnly(use.identifier as Placed) && !makesClosures(value)) return false;
  for (let scope = use.from; scope !== variable.scope; scope = scope.upper!) {
    if (scope.variables.some((local) => local.name !== 'arguments')) return true;
  }
  return false;
}

function isCalledOnly(identifier: Placed): boolean {
  return identifier.parent.type === 'CallExpression' && identifier.parent.callee === identifier;
}

/** Whether code in this function makes functions or classes, other than to call them on the spot. */
export function makesClosures(value: Placed): boolean {
  return inside(value).some((node) => {
    if (node.type === 'ClassExpression' || node.type === 'ClassDeclaration') return true;
    return isFunctionNode(node) && node !== value && !isCalledOnly(node);
  });
}

/** Whether an arrow function, whose `this` is that of its place, uses it. */
export function usesThis(value: Placed): boolean {
  return value.type === 'ArrowFunctionExpression' && mentionsThis(value);
}

function mentionsThis(node: Placed): boolean {
  let found = false;
  eachChild(node, (child) => {
    if (child.type === 'ThisExpression' || child.type === 'Super') found = true;
    else if (child.type !== 'FunctionExpression' && child.type !== 'FunctionDeclaration') found ||= mentionsThis(child);
  });
  return found;
}

export function isFunctionNode({ type }: Node): boolean {
  return type === 'FunctionDeclaration' || type === 'FunctionExpression' || type === 'ArrowFunctionExpression';
}

/** All nodes below this one. */
export function inside(node: Placed, found: Placed[] = []): Placed[] {
  eachChild(node, (child) => {
    found.push(child);
    inside(child, found);
  });
  return found;
}
