import type { Subject } from './subject.ts';

/** Names that are the interpreter's or the bench's own. */
const FOREIGN = 'quit,interrupt,E,Math,JSON,Pin,String,Function,Object,Socket,Array,RegExp,Error,InternalError,process,'
  + 'Modules,ESP8266,SECOND,BEATS,setTimeout';

/**
 * Sums up the variables of global names that are the interpreter's (0), the connection (1), a function (2) or anything
 * else (3). A small number is in the variable of its name. Not by `indexOf`, which in Espruino finds the beginning of a
 * text at the end of another.
 */
const sumOf = (kind: number): string => '(function(k){var s=0;for(var n in global){'
  + 'var v=global[n],t=typeof v,o=v&&t=="object";'
  + `var g=",${FOREIGN},".lastIndexOf(","+n+",")>=0||o&&v.getDetails?0:o&&v.sckt!==undefined?1:t=="function"?2:3;`
  + 'if(g==k)s+=t=="number"&&v===(v&1023)?1:E.getSizeOf(v)+1}return s})' + `(${kind})`;

/** What holds variables at rest, and the expression that gives their number. */
const HOLDERS: readonly (readonly [name: string, expression: string])[] = [
  ['functions of the firmware', sumOf(2)],
  ['its state: numbers, texts and lists', sumOf(3)],
  ['the connection to the broker', sumOf(1)],
  ['timers', 'E.getSizeOf(global["\\xff"].timers)'],
  ['the watch for the button', 'E.getSizeOf(global["\\xff"].watches)'],
];

/** Names of the rows of `holdersOf`. */
export const holderNames = [...HOLDERS.map(([name]) => name), 'the interpreter, and what it has made of its objects'];

/** How many variables each holds, of `total` in all, which has to be measured before. */
export async function holdersOf(bell: Subject, total: number): Promise<number[]> {
  const sizes: number[] = [];
  for (const [, expression] of HOLDERS) sizes.push(await bell.ask(expression));
  return [...sizes, sizes.reduce((left, size) => left - size, total)];
}
