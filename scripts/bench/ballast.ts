import type { Subject } from './subject.ts';

/** Characters in a variable of the ESP8266's layout. */
const CHARACTERS = 8;

/**
 * Statements that take so many variables for ever, instead of those that were taken before, so that what is left is all
 * that the firmware has. No name of the bundle, which has its own beside it, is as long.
 */
export function ballast(variables: number): string {
  return `global.FULL="";global.FULL="x".repeat(${variables * CHARACTERS});`;
}

/** Takes so many variables from a bell, instead of those that were taken before. */
export async function takeBallast(bell: Subject, variables: number): Promise<void> {
  await bell.ask(`${ballast(variables)}0`);
  await checkBallast(bell, variables);
}

/** Makes sure that so many variables are taken: without it, a figure would be one of too much memory. */
export async function checkBallast(bell: Subject, variables: number): Promise<void> {
  const taken = await bell.ask('E.getSizeOf(FULL)');
  // An empty text takes one, too.
  if (taken === Math.max(1, variables)) return;
  throw new Error(`of ${variables} variables that were to be taken, ${taken} were`);
}
