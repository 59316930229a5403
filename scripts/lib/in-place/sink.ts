import MagicString from 'magic-string';
import { analyse, type Scopes } from '../scopes.ts';
import { isFunctionNode, resolvesIn, usesThis } from './captures.ts';
import { sourceName } from './names.ts';
import { declarations, isWithin, removeDeclarations, type Declared, type Placed } from './nodes.ts';
import { untilSettled } from './rounds.ts';

/** A function that is to go: to the head of a body, or for good. */
interface Move extends Declared {
  readonly host: Placed | undefined;
}

/**
 * Moves a function that only one other function uses, in several places, to the head of that one, and drops what
 * nobody uses. It exists while the other one runs, and costs nothing in between. Repeated until there is none left.
 */
export function sinkFunctions(code: string, keep: ReadonlySet<string>): string {
  return untilSettled(code, (round) => sinkRound(round, keep));
}

function sinkRound(code: string, keep: ReadonlySet<string>): string {
  const moves = independent(findMoves(analyse(code), keep));
  if (moves.length === 0) return code;
  const text = new MagicString(code);
  for (const { host, statement } of moves) {
    if (host) text.appendRight(host.range[0] + 1, `\n${code.slice(...statement.range)}\n`);
  }
  removeDeclarations(text, moves);
  return text.toString();
}

function findMoves(scopes: Scopes, keep: ReadonlySet<string>): Move[] {
  return declarations(scopes.scopeManager).flatMap((declared): Move[] => {
    if (!isFunctionNode(declared.value) || !standsAlone(declared)) return [];
    if (declared.uses.length === 0) return [{ ...declared, host: undefined }];
    const host = keep.has(sourceName(declared.variable.name)) ? undefined : hostOf(declared, scopes);
    return host ? [{ ...declared, host }] : [];
  });
}

/** Leaves out a move that would change the text of one that was chosen before, or be changed by it. */
function independent(moves: Move[]): Move[] {
  const chosen: Move[] = [];
  for (const move of moves) {
    if (chosen.every((other) => !touches(move, other) && !touches(other, move))) chosen.push(move);
  }
  return chosen;
}

function touches(a: Move, b: Move): boolean {
  if (isWithin(a.statement.range, b.statement.range)) return true;
  if (!a.host) return false;
  const sameName = a.host === b.host && a.variable.name === b.variable.name;
  return sameName || isWithin([a.host.range[0], a.host.range[0] + 1], b.statement.range);
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
