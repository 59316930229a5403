import { startInterpreter, type Interpreter } from '../lib/interpreter.ts';
import { startSubject, storageOf } from './subject.ts';

/** A program that only stays: an interpreter with neither timer nor socket would end. */
const STAY = 'setTimeout("",1e9);';
const USAGE = 'print(process.memory().usage);';

/** What the interpreter is, and what the measurement itself takes. */
export interface Layout {
  /** Variables that there are, and bytes of one. */
  readonly total: number;
  readonly blockSize: number;
  /** In use while a program of one statement asks: the interpreter alone. */
  readonly alone: number;
  /** What asking through the console takes: the line that is typed, and what reads it. */
  readonly asking: number;
}

/** The ESP8266's variables, which the budgets are for. */
export function isEsp8266({ total, blockSize }: Layout): boolean {
  return total === 1600 && blockSize === 12;
}

/** Measures the interpreter by itself. */
export async function measureLayout(bin: string): Promise<Layout> {
  const [alone] = await printed(bin, USAGE);
  const [staying, total, blockSize] = await printed(
    bin, `${STAY}${USAGE}print(process.memory().total);print(process.memory().blocksize);`,
  );
  const asked = await usageWith(bin, '');
  return { total: total!, blockSize: blockSize!, alone: alone!, asking: asked - staying! };
}

/** What a program that runs before the firmware (`.boot0`) takes by itself. */
export async function costOf(bin: string, boot0: string): Promise<number> {
  return (await usageWith(bin, boot0)) - (await usageWith(bin, ''));
}

async function usageWith(bin: string, boot0: string): Promise<number> {
  const storage = (probe: string): Buffer => storageOf({ '.boot0': probe + boot0, '.bootcde': STAY });
  const subject = await startSubject({ bin, storage });
  try {
    return await subject.usage();
  } finally {
    await subject.stop();
  }
}

/** The numbers that a program prints while it is read. */
async function printed(bin: string, program: string): Promise<number[]> {
  const found: number[] = [];
  let interpreter: Interpreter | undefined;
  await new Promise<void>((resolve) => {
    interpreter = startInterpreter({
      bin,
      storage: storageOf({ '.bootcde': `${program}print("end");` }),
      onLine(line) {
        if (/^\d+$/.test(line)) found.push(Number(line));
        if (line === 'end') resolve();
      },
      onExit: () => resolve(),
    });
  });
  await interpreter?.stop();
  return found;
}
