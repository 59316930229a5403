import { Failure } from './failure.ts';

/** What `util.parseArgs` says about options, as one sentence and its cure. */
export function explainOptions({ message }: Error, args: readonly string[], command: string): Failure {
  const see = `See bell ${command} --help.`;
  const [, option] = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument (?:is ambiguous|missing)/.exec(message) ?? [];
  if (option === undefined) return new Failure(message.split(/\. |\n/)[0]!, see);
  const value = args[args.indexOf(option) + 1];
  if (value === undefined) return new Failure(`${option} takes a value, and none follows`, see);
  const cure = `If it is none, write ${option}=${value}. ${see}`;
  return new Failure(`${option} takes a value, and "${value}" looks like an option`, cure);
}
