import { parse } from 'acorn';
import { analyze } from 'eslint-scope';
import type { Scope } from 'eslint';
import type { Node, Program } from 'estree';
import { Failure } from './failure.ts';

/** A node with its parent and its place in the text. */
export type Placed<T = Node> = T & { parent: Placed; range: [number, number] };

/** A parsed script with every name resolved to its declaration. */
export interface Scopes {
  readonly program: Placed<Program>;
  readonly scopeManager: Scope.ScopeManager;
}

/** The last result: most passes change nothing, and the next one asks for the same text again. */
let last: { code: string; scopes: Scopes } | undefined;

/** Parses `code` and resolves its names. The result is not to be changed. Throws a Failure when it does not parse. */
export function analyse(code: string, sourceType: 'script' | 'module' = 'script'): Scopes {
  if (last?.code !== code) last = { code, scopes: resolveNames(code, sourceType) };
  return last.scopes;
}

function resolveNames(code: string, sourceType: 'script' | 'module'): Scopes {
  const program = parseCode(code, sourceType) as unknown as Placed<Program>;
  link(program);
  const scopeManager = analyze(program, { ecmaVersion: 2022, sourceType }) as unknown as Scope.ScopeManager;
  return { program, scopeManager };
}

function parseCode(code: string, sourceType: 'script' | 'module'): object {
  try {
    return parse(code, { ecmaVersion: 2022, sourceType, ranges: true });
  } catch (error) {
    throw new Failure(`The bundle does not parse: ${(error as Error).message}`);
  }
}

/** Sets the parent of every node below this one. */
function link(node: Placed): void {
  eachChild(node, (child) => {
    child.parent = node;
    link(child);
  });
}

/** Calls back for each node directly below this one. */
export function eachChild(node: Placed, visit: (child: Placed) => void): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== 'object' || value === null || key === 'parent' || key === 'range') continue;
    if (Array.isArray(value)) for (const item of value as unknown[]) visitNode(item, visit);
    else visitNode(value, visit);
  }
}

function visitNode(value: unknown, visit: (child: Placed) => void): void {
  // A hole in an array, and the pattern of a regular expression, are no nodes.
  if (typeof value === 'object' && value !== null && 'range' in value) visit(value as Placed);
}
