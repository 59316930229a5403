import { Linter, type SourceCode } from 'eslint';
import { Failure } from './failure.ts';

/** A parsed script with every name resolved to its declaration. */
export type Scopes = SourceCode & { scopeManager: NonNullable<SourceCode['scopeManager']> };

/** Parses `code` as a script and resolves its names. Throws a Failure when it does not parse. */
export function analyse(code: string, sourceType: 'script' | 'module' = 'script'): Scopes {
  const linter = new Linter({ configType: 'flat' });
  const [problem] = linter.verify(code, [{ languageOptions: { ecmaVersion: 2022, sourceType } }]);
  if (problem?.fatal) {
    throw new Failure(`The bundle does not parse at ${problem.line}:${problem.column}: ${problem.message}`);
  }
  const source = linter.getSourceCode();
  if (!source.scopeManager) throw new Error('no scopes');
  return source as Scopes;
}
