import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Board } from '../../boards/board.ts';
import { Failure } from './failure.ts';

/** A file for Storage. Content is bytes, one a character. */
export interface StorageFile {
  readonly name: string;
  readonly content: string;
}

/**
 * The factory content of a board's Storage, made by EspruinoTools: every file in the order given.
 *
 * EspruinoTools lives in globals, prints what it does and asks the network for board data, so it
 * runs as a program of its own, in a directory of its own, and gets its board data from a file.
 * Its image ends with the program that it takes for the boot code; here that is always `.bootcde`.
 */
export async function storageContent(board: Board, files: readonly StorageFile[], bootCode: string): Promise<Buffer> {
  const directory = mkdtempSync(join(tmpdir(), 'bell-storage-'));
  try {
    const result = join(directory, 'storage.hex');
    await runTools(directory, [
      '--board', write(directory, 'board.json', JSON.stringify(boardData(board))),
      ...files.flatMap(({ name, content }, index) => {
        return ['--storage', `${name}:${write(directory, `${index}.bin`, content)}`];
      }),
      '--no-ble', '-n', '--ohex', result,
      write(directory, 'boot.js', bootCode),
    ]);
    return readHex(readFileSync(result, 'latin1'), board);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The part of Espruino's board description that placing files in Storage needs. */
function boardData({ chip, storage }: Board): object {
  return {
    info: { builtin_modules: [], name: chip },
    VERSION: '2v29',
    VERSION_MAJOR: 2,
    VERSION_MINOR: 29,
    chip: { saved_code: { address: storage.address, page_size: storage.pageSize, pages: storage.pages } },
  };
}

function write(directory: string, name: string, content: string): string {
  const path = join(directory, name);
  writeFileSync(path, content, 'latin1');
  return path;
}

async function runTools(cwd: string, args: string[]): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('espruino');
  const program = join(dirname(entry), 'bin', 'espruino-cli.js');
  try {
    await promisify(execFile)(process.execPath, [program, ...args], { cwd, maxBuffer: 1 << 24 });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Failure(`EspruinoTools could not make the content of Storage: ${stderr ?? ''}${stdout ?? ''}`.trim());
  }
}

/** Data of an Intel HEX file as one piece that starts at the board's Storage. */
function readHex(text: string, { storage }: Board): Buffer {
  const content = Buffer.alloc(storage.pageSize * storage.pages, 0xff);
  let upper = 0;
  for (const line of text.split('\r\n')) {
    const record = Buffer.from(line.slice(1), 'hex');
    if (record.length === 0) continue;
    const data = record.subarray(4, 4 + record[0]!);
    if (record[3] === 4) upper = data.readUInt16BE() * 0x10000;
    else if (record[3] === 0) data.copy(content, upper + record.readUInt16BE(1) - storage.address);
  }
  return content;
}
