import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { castOf, olderStorages, type Member } from './cast.ts';
import type { Order, Told } from './crew-process.ts';

const PROGRAM = fileURLToPath(new URL('crew-process.ts', import.meta.url));

/** Bells that one process simulates at the most: each takes about a thousandth of a processor at rest. */
const PER_PROCESS = 250;

/** Simulated bells in processes of their own, so that they do not slow down what is measured here. */
export class Fleet {
  private constructor(private readonly crews: readonly { members: readonly Member[]; child: ChildProcess }[]) {}

  /** Flashes so many bells whose broker is at this port, and switches them on; their time passes at this speed. */
  static async start(count: number, port: number, speed: number): Promise<Fleet> {
    const storages = await olderStorages();
    const cast = castOf(count);
    const crews = Array.from({ length: Math.ceil(count / PER_PROCESS) }, (_, index) => ({
      members: cast.slice(index * PER_PROCESS, (index + 1) * PER_PROCESS),
      child: fork(PROGRAM, [], { execArgv: ['--import', 'tsx'], serialization: 'advanced' }),
    }));
    const fleet = new Fleet(crews);
    await Promise.all(crews.map(({ members, child }) => ask(child, { do: 'plug', members, storages, port, speed })));
    return fleet;
  }

  /** Switches one bell off, or on again. */
  async power(id: string, on: boolean): Promise<void> {
    await ask(this.homeOf(id), { do: 'power', id, on });
  }

  /** From now on the flash of this bell takes nothing. */
  async breakFlash(id: string): Promise<void> {
    await ask(this.homeOf(id), { do: 'break flash', id });
  }

  /** What each of the processes has to tell. */
  tell(): Promise<Told[]> {
    return Promise.all(this.crews.map(({ child }) => ask(child, { do: 'tell' })));
  }

  async stop(): Promise<void> {
    await Promise.all(this.crews.map(async ({ child }) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.disconnect();
      await gone;
    }));
  }

  private homeOf(id: string): ChildProcess {
    return this.crews.find(({ members }) => members.some((member) => member.id === id))!.child;
  }
}

/** Gives an order, and waits until it is done. One at a time. */
function ask(child: ChildProcess, order: Order): Promise<Told> {
  return new Promise((done, fail) => {
    const died = (): void => fail(new Error('a process of simulated boards has died'));
    child.once('exit', died);
    child.once('message', (told) => {
      child.off('exit', died);
      done(told as Told);
    });
    child.send(order);
  });
}
