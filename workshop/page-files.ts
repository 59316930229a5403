import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** What the HTTP server hands out, by path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const FOLDER = fileURLToPath(new URL('page/', import.meta.url));

/**
 * Reads the page's files and bundles its scripts and its styles. Takes a fraction of a second; nothing is written to
 * disk. What the page loads later, when it is needed, is in files of its own.
 */
export async function loadPage(): Promise<PageFiles> {
  const [index, style, icon, scripts] = await Promise.all([
    readFile(`${FOLDER}index.html`),
    bundle('style.css'),
    readFile(`${FOLDER}icon.svg`),
    bundle('page.ts'),
  ]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: index }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
    ...files(style, 'text/css; charset=utf-8'),
    ...files(scripts, 'text/javascript; charset=utf-8'),
  ]);
}

function files(outputs: readonly OutputFile[], type: string): [string, PageFile][] {
  return outputs.map(({ path, contents }) => [`/${basename(path)}`, { type, body: Buffer.from(contents) }]);
}

async function bundle(entry: string): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    entryPoints: [FOLDER + entry],
    outdir: FOLDER,
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'inline',
    write: false,
    logLevel: 'silent',
  });
  return outputFiles;
}
