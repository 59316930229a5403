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

/** Parses `code` and resolves its names. Throws a Failure when it does not parse. */
export function analyse(code: string, sourceType: 'script' | 'module' = 'script'): Scopes {
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
  for (const child of children(node)) {
    child.parent = node;
    link(child);
  }
}

/** The nodes directly below this one. */
export function children(node: Placed): Placed[] {
  const found: Placed[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent') continue;
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) if (isPlaced(item)) found.push(item);
  }
  return found;
}

function isPlaced(value: unknown): value is Placed {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value;
}
