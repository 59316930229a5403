import type { Scope } from 'eslint';
import type MagicString from 'magic-string';
import type { Placed } from '../scopes.ts';

export type { Placed };

/** A place in the text: where it starts, and where it has ended. */
export type Span = readonly [number, number];

/** A declaration that stands directly in the body of a function, and the variable that it makes. */
export interface Declared {
  readonly variable: Scope.Variable;
  /** Function, or initial value. */
  readonly value: Placed;
  /** What has to go when the variable is no longer needed. */
  readonly statement: Placed;
  readonly declarator: Placed;
  /** Reads; anything else than reading rules a variable out. */
  readonly uses: Scope.Reference[];
}

/** Functions, and constants with a value, that are declared in the body of any function and only ever read. */
export function declarations(manager: Scope.ScopeManager): Declared[] {
  const scopes = manager.scopes.filter((scope) => scope.type === 'function');
  return scopes.flatMap((scope) => scope.variables).flatMap((variable) => {
    const place = placeOf(variable);
    if (!place || place.statement.parent.type !== 'BlockStatement') return [];
    const uses = variable.references.filter((reference) => reference.init !== true);
    return uses.every((use) => use.isReadOnly()) ? [{ variable, ...place, uses }] : [];
  });
}

function placeOf({ defs }: Scope.Variable): Pick<Declared, 'value' | 'statement' | 'declarator'> | undefined {
  const [def, ...others] = defs;
  if (!def || others.length > 0) return undefined;
  const node = def.node as Placed;
  if (def.type === 'FunctionName' && node.type === 'FunctionDeclaration') {
    return { value: node, statement: node, declarator: node };
  }
  if (def.type !== 'Variable' || node.type !== 'VariableDeclarator' || node.id.type !== 'Identifier') return undefined;
  const statement = node.parent;
  if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const' || !node.init) return undefined;
  return { value: node.init as Placed, statement, declarator: node };
}

/** Takes declarations out of the text, and statements of which nothing is left. */
export function removeDeclarations(text: MagicString, gone: readonly Declared[]): void {
  const declarators = new Set(gone.map(({ declarator }) => declarator));
  for (const statement of new Set(gone.map((one) => one.statement))) {
    const siblings = statement.type === 'VariableDeclaration' ? (statement.declarations as Placed[]) : [];
    const left = siblings.filter((sibling) => !declarators.has(sibling));
    if (left.length === 0) text.remove(...statement.range);
    else removeSome(text, siblings, left);
  }
}

/** Takes out some of `const a = …, b = …, c = …`, each with the comma behind or, at the end, before it. */
function removeSome(text: MagicString, siblings: readonly Placed[], left: readonly Placed[]): void {
  const last = left[left.length - 1]!;
  siblings.forEach((sibling, index) => {
    const next = siblings[index + 1];
    if (left.includes(sibling) || !next || sibling.range[0] > last.range[0]) return;
    text.remove(sibling.range[0], next.range[0]);
  });
  const end = siblings[siblings.length - 1]!.range[1];
  if (end > last.range[1]) text.remove(last.range[1], end);
}

/** Writes an expression over a use of a name, with the key when it was `{ name }`. */
export function replaceUse(text: MagicString, use: Scope.Reference, expression: string): void {
  const identifier = use.identifier as Placed<typeof use.identifier>;
  const { parent } = identifier;
  const shorthand = parent.type === 'Property' && parent.shorthand;
  text.overwrite(...identifier.range, shorthand ? `${use.identifier.name}: ${expression}` : expression);
}

/** Whether `inner` lies in the text of `outer`. */
export function isWithin(inner: Span, outer: Span): boolean {
  return inner[0] >= outer[0] && inner[1] <= outer[1];
}
