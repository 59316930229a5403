import { createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * A line to a program on the interpreter, over a socket. Its console is not good for that: on Linux, a thread of its
 * own reads what is typed, and on a busy machine characters get lost between that and the rest.
 */
export interface Probe {
  /** What has to run before the program (`.boot0`). */
  readonly program: string;
  /** Has statements run, and gives what the last one gives, as text. */
  ask(statements: string): Promise<string>;
  stop(): void;
}

/** Listens on a free port of this machine. */
export async function startProbe(): Promise<Probe> {
  const asked: { statements: string; answer(text: string): void }[] = [];
  let socket: Socket | undefined;
  let heard = '';
  // One at a time, or two might come in one piece.
  const send = (): void => void (asked[0] && socket?.write(asked[0].statements));
  const server = createServer((accepted) => {
    socket = accepted.setNoDelay(true);
    socket.setEncoding('latin1').on('error', () => undefined).on('data', (piece: string) => {
      heard += piece;
      if (!heard.endsWith('\n')) return;
      asked.shift()?.answer(heard.trim());
      heard = '';
      send();
    });
    send();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    program: programFor((server.address() as AddressInfo).port),
    ask: (statements) => new Promise((answer) => {
      if (asked.push({ statements, answer }) === 1) send();
    }),
    stop() {
      socket?.destroy();
      server.close();
    },
  };
}

function programFor(port: number): string {
  return `require("net").connect({host:"127.0.0.1",port:${port}},function(c){`
    + 'c.on("data",function(d){c.write(eval(d)+"\\n")})});';
}
