import { createInterface } from 'node:readline';
import { Writable, type Readable } from 'node:stream';
import type { Io } from '../command.ts';
import type { Asker } from './asker.ts';
import { interrupted } from './port-failure.ts';

/** A person at a terminal; undefined where there is none, as in a script. */
export function terminalAsker(io: Io, input: Readable & { isTTY?: boolean } = process.stdin): Asker | undefined {
  if (input.isTTY !== true) return undefined;
  const ask = (question: string, isSecret = false) => askLine(question, isSecret, input, io);
  return {
    text: async (question, byDefault = '') => {
      const hint = byDefault === '' ? '' : ` [${byDefault}]`;
      return (await ask(`${question}${hint}: `)).trim() || byDefault;
    },
    secret: (question) => ask(`${question}: `, true),
    confirm: async (question) => /^y(es)?$/i.test((await ask(`${question} [y/N] `)).trim()),
    async choose(question, lines) {
      const list = lines.map((line, index) => `  ${index + 1}  ${line}\n`).join('');
      io.err.write(`${question}\n${list}`);
      for (;;) {
        const number = Number(await ask(`1 to ${lines.length}: `));
        if (Number.isInteger(number) && number >= 1 && number <= lines.length) return number - 1;
      }
    },
  };
}

/** One line from the terminal; of a secret nothing is shown. */
async function askLine(question: string, isSecret: boolean, input: Readable, io: Io): Promise<string> {
  if (io.signal.aborted) throw interrupted();
  let isMute = false;
  const output = new Writable({
    write(text: Buffer, _encoding, done) {
      if (!isMute) io.err.write(text.toString());
      done();
    },
  });
  const lines = createInterface({ input, output, terminal: true });
  try {
    return await new Promise<string>((done, fail) => {
      lines.question(question, done);
      isMute = isSecret;
      lines.once('SIGINT', () => fail(interrupted()));
      lines.once('close', () => fail(interrupted()));
    });
  } finally {
    lines.close();
    if (isSecret) io.err.write('\n');
  }
}
