import { join, resolve } from 'node:path';
import { boards } from './boards/index.ts';
import { defines } from './scripts/lib/defines.ts';
import { finish } from './scripts/lib/finish.ts';
import { root, version } from './scripts/lib/paths.ts';
import { transpile } from './scripts/lib/transpile.ts';

/**
 * Functions that stay where they are although they are used only once: called in place, they would
 * be made anew on every call, which costs time on a path that is taken for each byte or packet.
 * The value is the reason.
 *
 * @type {Record<string, string>}
 */
export const keep = {
  open: 'dialling is rare, and the second that it is called from is not',
  chores: 'due once in minutes, and looked at every second',
  control: 'nothing but a message is on the way of a ring',
  received: 'a listener holds it, and would hold what dials',
  second: 'a timer holds it, and would hold the scope of what starts it',
  work: 'a timer holds it: made while a packet is taken apart, it would hold the packet',
  pass: 'a timer holds it, and would hold the packet',
  act: 'what it needs is made at its head, and so not yet while a manifest is judged, which takes most memory',
  readRequest: 'made where it is called, what it makes itself would hold on to all the scopes around that',
  readDraft: 'for the same reason',
  step: 'a timer holds it, and would hold what started the ring',
};

/**
 * Gives the name of a board's file.
 *
 * @param {string} end
 */
function named(end) {
  return (/** @type {string} */ id) => `${id}.${end}`;
}

/**
 * The things that are made for a board: source, file in dist/, and shape. The loader is joined of three, the access
 * point of four, and only chips with Wi-Fi have one.
 */
export const entries = /** @type {const} */ ([
  { name: 'app', input: 'firmware/main.ts', file: named('js'), shape: 'app' },
  { name: 'boot', input: 'firmware/boot.ts', file: named('boot.js'), shape: 'program' },
  { name: 'review', input: 'firmware/review.ts', file: named('review.js'), shape: 'program' },
  { name: 'receive', input: 'firmware/receive.ts', file: named('receive.js'), shape: 'program' },
  { name: 'look', input: 'firmware/look.ts', file: named('look.js'), shape: 'program' },
  { name: 'portal', input: 'firmware/portal.ts', file: named('portal.js'), shape: 'program' },
  { name: 'settle', input: 'firmware/settle.ts', file: named('settle.js'), shape: 'program' },
  { name: 'adopt', input: 'firmware/adopt.ts', file: named('adopt.js'), shape: 'program' },
  { name: 'module', input: 'firmware/mqtt-module.ts', file: () => 'MQTT.js', shape: 'module' },
]);

/**
 * Rollup's options for one entry of one board. `bell build` uses them through rollup's API.
 *
 * @param {import('./boards/board.ts').Board} board
 * @param {typeof entries[number]} entry
 * @param {string} [its] the version that it says it is
 */
export function configure(board, entry, its = version()) {
  const file = entry.file(board.id);
  return {
    input: resolve(root, entry.input),
    plugins: [transpile(defines(board, its)), finish(entry.shape, file, keep)],
    treeshake: { moduleSideEffects: false, propertyReadSideEffects: false, unknownGlobalSideEffects: false },
    onLog: failOnWarning,
    output: {
      file: join(root, 'dist', file),
      format: /** @type {const} */ ('es'),
      strict: false,
      freeze: false,
      externalLiveBindings: false,
      generatedCode: { preset: /** @type {const} */ ('es2015'), symbols: false },
    },
  };
}

/**
 * A warning is a mistake: a circular import has no order in which Espruino could run it, and an
 * import that is not found would be left in the bundle.
 *
 * @type {import('rollup').LogHandlerWithDefault}
 */
function failOnWarning(level, log, handler) {
  if (log.code === 'EVAL') log.message += ' Write (0, eval)(code): beside a direct eval no name can be shortened.';
  handler(level === 'warn' ? 'error' : level, log);
}

/** For `rollup --config` itself, when it is started with our TypeScript loader. */
export default boards.flatMap((board) => entries.map((entry) => configure(board, entry)));
