import { Failure } from '../../../scripts/lib/failure.ts';

/**
 * What the shared code says to a person at a command line, and what it is called on this page. The first that fits
 * counts, so that the longer ones come first.
 */
const CALLED: readonly (readonly [RegExp, string])[] = [
  [
    /Leave --board out, or name the board that is plugged in/,
    'Take “find it out” as the board, or the one that is there',
  ],
  [/[Nn]ame it with --board|name another board with --board/, 'choose another board above'],
  [/Try --baud 115200/, 'Try the lower speed, under “If it does not work”,'],
  [/try --baud 115200/, 'try the lower speed, under “If it does not work”'],
  [/--flash-mode dio or dout/, 'the flash mode dio or dout, under “If it does not work”'],
  [/Give the same command again/g, 'Begin again'],
  [/give the same command( again)?/g, 'begin again'],
  [/Run (npx )?bell flash/g, 'Press “Make it a bell”'],
  [/(npx )?bell flash( --config FILE)?/g, '“Make it a bell”'],
  [/Run (npx )?bell provision/g, 'Press “Change its settings”'],
  [/(npx )?bell provision( again)?/g, '“Change its settings”'],
  [/Give them with --broker \S+ and BELL_PASSWORD/, 'Correct them with “Change its settings”'],
  [/Start one with npm start, or name another with --broker/, 'Is it running, and is address and port right?'],
  [/Correct --broker, or use/, 'Correct it, or use'],
  [/Ask for a user who may, and name it in --broker/, 'Ask for a user who may'],
  [/(npx )?bell doctor has a look( at it)?/g, '“Have a look” says more'],
  [/(npx )?bell doctor/g, '“Have a look”'],
  [/name its directory with --images/, 'choose its folder here'],
  [/Add --yes to download it, or --images with a directory that has it/, 'Download it, or choose its folder here'],
  [/See bell boards/, 'docs/boards.md has those that it can be'],
  [/ with bell ring NAME 0/, ''],
];

/** A sentence of the shared code, in the words of this page. */
export function inPageWords(text: string): string {
  return CALLED.reduce((said, [command, here]) => said.replace(command, here), text);
}

/** What has failed and what to do; an error without a cure is one of ours. */
export function failureInWords(error: Error): { text: string; cure: string } {
  if (error instanceof Failure) return { text: asSentence(inPageWords(error.message)), cure: inPageWords(error.cure) };
  return { text: asSentence(`Something went wrong: ${error.message}`), cure: 'Unplug the board, and begin again.' };
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
