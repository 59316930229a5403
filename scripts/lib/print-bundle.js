// The other half of build-apart.ts: prints the bundle for the board and under the version that it is started with.
import { register } from 'tsx/esm/api';

register();
const { findBoard } = await import('../../boards/index.ts');
const { makeBundle } = await import('./bundle.ts');
const { Failure } = await import('./failure.ts');
const [id = '', version] = process.argv.slice(2);
const board = findBoard(id);
try {
  if (!board) throw new Failure(`There is no board "${id}"`);
  process.stdout.write(Buffer.from(await makeBundle(board, 'app', version), 'latin1'));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(error.sentence);
  process.exitCode = 1;
}
