import type { ExportDefaultDeclaration, ExportSpecifier, FunctionDeclaration } from 'estree';
import MagicString from 'magic-string';
import { Failure } from './failure.ts';
import { analyse, type Scopes } from './scopes.ts';

/** What a bundle is when it is evaluated. */
export type Shape =
  /** A function that takes the loader's `boot` object. The last expression of the bundle. */
  | 'app'
  /** A program that runs at once. */
  | 'program'
  /** The one function that an Espruino module exports; `exportedNames` says by which names. */
  | 'module';

/**
 * Turns the ES module that rollup made into one function expression.
 *
 * For an app and a module, the body of the function that is exported becomes the end of that function instead of a
 * function of its own: closures then hold one scope, not two.
 */
export function shapeBundle(code: string, shape: Shape): string {
  const scopes = analyse(code, 'module');
  const text = new MagicString(code);
  const main = shape === 'program' ? undefined : onlyExport(shape, scopes);
  const parameters = main ? unwrapMain(main, scopes, text) : '';
  for (const statement of scopes.program.body) {
    if (statement.type === 'ExportNamedDeclaration') remove(text, statement);
    if (statement.type === 'ExportDefaultDeclaration') throw unexpected(statement);
  }
  return `(function(${parameters}){\n${text.toString()}\n})`;
}

/** The names by which a bundle exports something. */
export function exportedNames(code: string): string[] {
  return specifiers(analyse(code, 'module')).map(({ exported }) => nameOf(exported));
}

function specifiers({ program }: Scopes): ExportSpecifier[] {
  return program.body.flatMap((statement) => {
    return statement.type === 'ExportNamedDeclaration' ? statement.specifiers : [];
  });
}

function unexpected(statement: ExportDefaultDeclaration): Failure {
  return new Failure(`Cannot shape an export of ${statement.declaration.type}`, 'Export a named function.');
}

/** The function that is all that an app exports as default, or a module by whatever names. */
function onlyExport(shape: Shape, scopes: Scopes): FunctionDeclaration {
  const wanted = specifiers(scopes).filter(({ exported }) => shape === 'module' || nameOf(exported) === 'default');
  const names = new Set(wanted.map(({ local }) => nameOf(local)));
  const functions = scopes.program.body.filter((node) => node.type === 'FunctionDeclaration');
  const found = functions.find((node) => names.has(node.id.name));
  if (found && names.size === 1) return found;
  throw new Failure(shape === 'app' ? 'firmware/main.ts has to export default function main(boot)' :
    'firmware/mqtt-module.ts has to export one function, by whatever names');
}

/** Puts the body of `main` at the end of the text and gives back its parameters. */
function unwrapMain(main: FunctionDeclaration, scopes: Scopes, text: MagicString): string {
  renameClashes(main, scopes, text);
  const { body, params } = main;
  const [start, end] = range(body);
  const parameters = params.map((parameter) => text.slice(...range(parameter))).join(',');
  const inside = text.slice(start + 1, end - 1);
  remove(text, main);
  text.append(`\n${inside}`);
  return parameters;
}

/** A local of `main` may bear the name of something at the top; both are about to share a scope. */
function renameClashes(main: FunctionDeclaration, scopes: Scopes, text: MagicString): void {
  const top = scopes.scopeManager.globalScope?.childScopes[0];
  const own = scopes.scopeManager.acquire(main);
  if (!top || !own) throw new Error('scopes of main are missing');
  for (const variable of own.variables) {
    if (variable.name === 'arguments' || !top.set.has(variable.name)) continue;
    const fresh = `${variable.name}_of_main`;
    for (const identifier of [...variable.identifiers, ...variable.references.map((use) => use.identifier)]) {
      const [start, end] = range(identifier);
      const parent = (identifier as { parent?: { type: string; shorthand?: boolean } }).parent;
      const shorthand = parent?.type === 'Property' && parent.shorthand === true;
      text.overwrite(start, end, shorthand ? `${variable.name}: ${fresh}` : fresh);
    }
  }
}

function nameOf(node: { type: string; name?: string; value?: unknown }): string {
  return node.name ?? String(node.value);
}

function range(node: object): [number, number] {
  return (node as { range: [number, number] }).range;
}

function remove(text: MagicString, node: object): void {
  text.remove(...range(node));
}
