import { parse } from 'acorn';
import type { AnyNode, CallExpression } from 'acorn';
import MagicString from 'magic-string';
import vm from 'node:vm';

/** What metered code names; nothing that a program has. */
const LEFT = '__turnsLeft';
const OUT = '__outOfTurns';
const READ = '__readCode';
const COUNT = `--${LEFT}<0&&${OUT}()`;

const LOOPS = ['ForStatement', 'ForInStatement', 'ForOfStatement', 'WhileStatement', 'DoWhileStatement'];
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];

/** Sets how many turns are left. */
export type SetTurnsLeft = (turns: number) => void;

/**
 * Puts the meter where the code of a context finds it. `outOfTurns` is called on each turn after the last; `read` makes
 * what that code evaluates itself.
 */
export function installMeter(
  context: vm.Context, read: (code: string) => string, outOfTurns: () => never,
): SetTurnsLeft {
  // Variables of a script are found many times faster than members of the context's global object.
  const install = vm.runInContext(`let ${LEFT} = 0, ${OUT}, ${READ};
    (read, outOfTurns) => {
      ${OUT} = outOfTurns;
      ${READ} = (code) => typeof code === 'string' ? read(code) : code;
      return (turns) => { ${LEFT} = turns; };
    }`, context) as (...given: unknown[]) => SetTurnsLeft;
  return install(read, outOfTurns);
}

/**
 * Code that counts the turns of its loops and the calls of its functions. So an endless loop is told from honest work
 * by what it does and not by how long that takes, which depends on what else the machine has to do. Out of reach are
 * what `new Function` makes, and a regular expression that never ends.
 */
export function metered(code: string): string {
  const text = new MagicString(code);
  try {
    visit(parse(code, { ecmaVersion: 'latest' }), text);
  } catch (error) {
    // For V8 to complain about.
    if (error instanceof SyntaxError) return code;
    throw error;
  }
  return text.toString();
}

function visit(node: AnyNode, text: MagicString): void {
  if (LOOPS.includes(node.type) || FUNCTIONS.includes(node.type)) count((node as { body: AnyNode }).body, text);
  if (node.type === 'CallExpression') readFirst(node, text);
  for (const value of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(value) ? value as unknown[] : [value]) {
      if (isNode(child)) visit(child, text);
    }
  }
}

function isNode(value: unknown): value is AnyNode {
  return typeof (value as AnyNode | null | undefined)?.type === 'string';
}

/** Has the body of a loop or a function count each time that it is entered. */
function count(body: AnyNode, text: MagicString): void {
  if (body.type === 'BlockStatement') {
    const directives = body.body.filter((statement) => 'directive' in statement && statement.directive !== undefined);
    text.appendRight(directives.at(-1)?.end ?? body.start + 1, `;${COUNT};`);
  } else if (/Statement$|Declaration$/.test(body.type)) {
    text.appendRight(body.start, `{${COUNT};`).prependLeft(body.end, '}');
  } else {
    text.appendRight(body.start, `(${COUNT},`).prependLeft(body.end, ')');
  }
}

/** What a program evaluates, it gives to V8's own `eval`, which alone sees the variables around it. */
function readFirst({ callee, arguments: [code] }: CallExpression, text: MagicString): void {
  if (!code || callee.type !== 'Identifier' || callee.name !== 'eval') return;
  text.appendRight(code.start, `${READ}(`).prependLeft(code.end, ')');
}
