import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { root } from '../../lib/paths.ts';
import { KEY } from './cast.ts';

const SPENT = fileURLToPath(new URL('spent.js', import.meta.url));

/** What `bell update all` says about one bell. */
export interface BellRow {
  readonly bell: string;
  readonly was: string;
  readonly runs: string;
  readonly state: string;
  readonly reason: string;
  readonly s: number;
}

/** What has become of `bell update all`. */
export interface ToolResult {
  readonly exitCode: number;
  readonly rows: readonly BellRow[];
  /** Seconds of a processor, and most memory, bytes. */
  readonly cpuS: number;
  readonly bytes: number;
}

/** Runs `bell update all` as a person does, in a directory of its own. `said` hears each line of progress. */
export async function updateAll(
  port: number, words: readonly string[], said: (line: string) => void,
): Promise<ToolResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bell-fleet-'));
  try {
    writeFileSync(join(folder, 'bell.keys.json'), JSON.stringify({ fleet: KEY }), { mode: 0o600 });
    const spent = join(folder, 'spent');
    const program = [join(root, 'scripts', 'bell.js'), 'update', 'all', '--broker', `mqtt://127.0.0.1:${port}`];
    const child = spawn(process.execPath, ['--import', SPENT, ...program, '--json', ...words], {
      cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, BELL_SPENT: spent },
    });
    const kill = (): void => void child.kill('SIGKILL');
    process.once('exit', kill);
    createInterface({ input: child.stderr }).on('line', said);
    let out = '';
    child.stdout.on('data', (text: Buffer) => { out += text.toString(); });
    const exitCode = await new Promise<number>((done) => child.once('close', (code) => done(code ?? -1)));
    process.removeListener('exit', kill);
    return { exitCode, rows: readRows(out), ...readSpent(spent) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readRows(out: string): BellRow[] {
  const lines = out.trim().split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as BellRow).filter(({ bell }) => bell !== undefined);
}

function readSpent(file: string): { cpuS: number; bytes: number } {
  const usage = JSON.parse(readFileSync(file, 'utf8')) as NodeJS.ResourceUsage;
  return { cpuS: (usage.userCPUTime + usage.systemCPUTime) / 1e6, bytes: usage.maxRSS * 1024 };
}
