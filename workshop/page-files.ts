import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** What the HTTP server hands out, by path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

const FOLDER = fileURLToPath(new URL('page/', import.meta.url));

/**
 * Reads the page's files and bundles its script and its styles. Takes a fraction of a second; nothing is written to
 * disk.
 */
export async function loadPage(): Promise<PageFiles> {
  const [index, style, icon, script] = await Promise.all([
    readFile(`${FOLDER}index.html`),
    bundle(`${FOLDER}style.css`),
    readFile(`${FOLDER}icon.svg`),
    bundle(`${FOLDER}page.ts`),
  ]);
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: index }],
    ['/style.css', { type: 'text/css; charset=utf-8', body: style }],
    ['/icon.svg', { type: 'image/svg+xml', body: icon }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: script }],
  ]);
}

async function bundle(entry: string): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    legalComments: 'inline',
    write: false,
    logLevel: 'silent',
  });
  return Buffer.from(outputFiles[0]?.contents ?? []);
}
