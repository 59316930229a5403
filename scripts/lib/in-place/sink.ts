import MagicString from 'magic-string';
import { analyse, type Scopes } from '../scopes.ts';
import { isFunctionNode, resolvesIn, usesThis } from './captures.ts';
import { sourceName } from './names.ts';
import { declarations, isWithin, removeDeclarations, type Declared, type Placed } from './nodes.ts';

/**
 * Moves a function that only one other function uses, in several places, to the head of that one, and drops what
 * nobody uses. It exists while the other one runs, and costs nothing in between. One a time, until there is none left.
 */
export function sinkFunctions(code: string, keep: ReadonlySet<string>): string {
  const scopes = analyse(code);
  for (const declared of declarations(scopes.scopeManager)) {
    if (!isFunctionNode(declared.value) || !standsAlone(declared)) continue;
    const text = new MagicString(code);
    if (declared.uses.length > 0) {
      const host = keep.has(sourceName(declared.variable.name)) ? undefined : hostOf(declared, scopes);
      if (!host) continue;
      text.appendRight(host.range[0] + 1, `\n${code.slice(...declared.statement.range)}\n`);
    }
    removeDeclarations(text, [declared]);
    return sinkFunctions(text.toString(), keep);
  }
  return code;
}

function standsAlone({ statement }: Declared): boolean {
  return statement.type !== 'VariableDeclaration' || statement.declarations.length === 1;
}

/** The body of the function that holds all uses, if there is one and the function would mean the same in it. */
function hostOf(declared: Declared, scopes: Scopes): Placed | undefined {
  const { value, variable } = declared;
  const uses = declared.uses.filter(({ identifier }) => !isWithin((identifier as Placed).range, value.range));
  const first = uses[0]?.identifier as Placed | undefined;
  if (!first || usesThis(value)) return undefined;
  let host: Placed | undefined;
  for (let at = first; at !== variable.scope.block; at = at.parent) if (isFunctionNode(at)) host = at;
  if (!host || !('body' in host) || isWithin(host.range, value.range)) return undefined;
  const body = host.body as Placed;
  const inside = uses.every(({ identifier }) => isWithin((identifier as Placed).range, body.range));
  const scope = scopes.scopeManager.acquire(host as never);
  return body.type === 'BlockStatement' && inside && scope && resolvesIn(value, scope, scopes.scopeManager) &&
    !scope.set.has(variable.name) ? body : undefined;
}
