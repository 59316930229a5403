import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vm from 'node:vm';
import * as acorn from 'acorn';
import { detokenise } from '../../simulator/detokenise.ts';
import { Failure } from './failure.ts';

/** What the plugin of EspruinoTools leaves behind when it was loaded. */
interface Plugins {
  Pretokenise?: { tokenise(code: string): string };
}

/**
 * EspruinoTools' tokeniser. The package lives in globals, prints what it does and asks the network; its plugin needs
 * but a few names around it, and gets them in a context of its own.
 */
function loadTokeniser(): (code: string) => string {
  const entry = createRequire(import.meta.url).resolve('espruino');
  const file = join(dirname(entry), 'plugins', 'pretokenise.js');
  const Plugins: Plugins = {};
  // 1, and no board that could do more: words and operators. As bytes, strings and whole numbers would be no smaller,
  // and a string that finds no variable left crashes Espruino, where in quotation marks it only ends what runs.
  const Espruino = { Config: { PRETOKENISE: 1 }, Core: { Env: { getBoardData: () => undefined } }, Plugins };
  vm.runInNewContext(readFileSync(file, 'utf8'), { acorn, Espruino, console });
  if (!Plugins.Pretokenise) throw new Error(`${file} is no tokeniser`);
  return Plugins.Pretokenise.tokenise;
}

let tokenise: ((code: string) => string) | undefined;

/**
 * Code with each word and operator as the one byte that Espruino's lexer makes of it. The result is bytes, one a
 * character. Throws a Failure when it would not be read as the same tokens.
 */
export function pretokenise(code: string): string {
  tokenise ??= loadTokeniser();
  const result = tokenise(code);
  const [wanted, got] = [tokensOf(code), tokensOf(detokenise(result))];
  const place = wanted.findIndex((token, i) => token !== got[i]);
  if (place < 0 && wanted.length === got.length && !/[^\0-\xff]/.test(result)) return result;
  const near = wanted.slice(Math.max(0, place - 5), place + 5).join(' ');
  throw new Failure(`EspruinoTools' tokeniser makes something else of the code near ${near}`, 'Write it otherwise.');
}

/** The tokens of code. Strings and numbers go by value: how they were written does not matter. */
function tokensOf(code: string): string[] {
  const { num, string, template, backQuote } = acorn.tokTypes;
  // Acorn's types leave out what a token stands for.
  const all = [...acorn.tokenizer(code, { ecmaVersion: 2022 })] as (acorn.Token & { value: unknown })[];
  return all.filter(({ type }) => type !== backQuote).map(({ type, value, start, end }) => {
    if (type === num) return String(value);
    return type === string || type === template ? JSON.stringify(value) : code.slice(start, end);
  });
}
