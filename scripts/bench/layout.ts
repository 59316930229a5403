import { createServer, type AddressInfo } from 'node:net';
import { startInterpreter, type Interpreter } from '../lib/interpreter.ts';
import { startSubject, storageOf } from './subject.ts';

/** A program that only stays: an interpreter with neither timer nor socket would end. */
const STAY = 'setTimeout("",1e9);';
const USAGE = 'print(process.memory().usage);';
const END = 'print("end");';

/** What the interpreter is, and what the measurement itself takes. */
export interface Layout {
  /** Variables that there are, and bytes of one. */
  readonly total: number;
  readonly blockSize: number;
  /** In use while a program of one statement asks: the interpreter alone. */
  readonly alone: number;
  /** What asking takes: the socket of the probe, and what reads and runs a question. */
  readonly asking: number;
}

/** The ESP8266's variables, which the budgets are for. */
export function isEsp8266({ total, blockSize }: Layout): boolean {
  return total === 1600 && blockSize === 12;
}

/** Measures the interpreter by itself. */
export async function measureLayout(bin: string): Promise<Layout> {
  const sink = createServer((socket) => void socket.on('error', () => undefined));
  await new Promise<void>((done) => sink.listen(0, '127.0.0.1', done));
  try {
    const [alone] = await printed(bin, `${USAGE}${END}`);
    const [total, blockSize] = await printed(
      bin, `print(process.memory().total);print(process.memory().blocksize);${END}`,
    );
    // With a socket, as a bell has one: what all sockets share is the program's, and not what asks.
    const connect = `${STAY}require("net").connect({host:"127.0.0.1",port:${(sink.address() as AddressInfo).port}},`
      + `function(){});${USAGE}${END}`;
    const [connected] = await printed(bin, connect);
    const asking = (await usageWith(bin, '', connect)) - connected!;
    return { total: total!, blockSize: blockSize!, alone: alone!, asking };
  } finally {
    sink.close();
  }
}

/** What a program that runs before the firmware (`.boot0`) takes by itself. */
export async function costOf(bin: string, boot0: string): Promise<number> {
  return (await usageWith(bin, boot0)) - (await usageWith(bin, ''));
}

async function usageWith(bin: string, boot0: string, program = STAY): Promise<number> {
  const storage = (probe: string): Buffer => storageOf({ '.boot0': probe + boot0, '.bootcde': program });
  const subject = await startSubject({ bin, storage });
  try {
    // The first answer may come while the socket is still being set up.
    return Math.min(await subject.usage(), await subject.usage());
  } finally {
    await subject.stop();
  }
}

/** The numbers that a program prints until its end. */
async function printed(bin: string, program: string): Promise<number[]> {
  const found: number[] = [];
  let interpreter: Interpreter | undefined;
  await new Promise<void>((resolve) => {
    interpreter = startInterpreter({
      bin,
      storage: storageOf({ '.bootcde': program }),
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
