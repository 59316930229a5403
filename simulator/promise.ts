type Job = (value: unknown) => unknown;
type Settle = (value: unknown) => void;
type Executor = (resolve: Settle, reject: Settle) => void;
interface Reaction { readonly done: Settle; readonly failed: Settle }

/** How a promise reaches its interpreter. */
export interface PromiseHost {
  queue(job: () => void): void;
  unhandled(reason: unknown): void;
}

/**
 * Espruino's Promise: its reactions wait in the same queue as events, and it has no race, any, allSettled or
 * finally. Own class, because V8's would run outside of the interpreter's turns.
 */
export function createPromise(host: PromiseHost): new (executor: Executor) => unknown {
  class BoardPromise {
    private state: 'pending' | 'resolved' | 'rejected' = 'pending';
    private value: unknown;
    private readonly reactions: Reaction[] = [];
    private handled = false;

    constructor(executor: Executor) {
      hideAll(this);
      if (typeof executor !== 'function') throw new TypeError('Executor function required in Promise constructor');
      try {
        executor((value) => { this.resolve(value); }, (reason) => { this.settle('rejected', reason); });
      } catch (error) {
        this.settle('rejected', error);
      }
    }

    then(done?: Job, failed?: Job): BoardPromise {
      this.handled = true;
      return new BoardPromise((resolve, reject) => {
        this.react({ done: link(done, resolve, reject, resolve), failed: link(failed, resolve, reject, reject) });
      });
    }

    catch(failed?: Job): BoardPromise {
      return this.then(undefined, failed);
    }

    static resolve(value?: unknown): BoardPromise {
      return value instanceof BoardPromise ? value : new BoardPromise((resolve) => { resolve(value); });
    }

    static reject(reason?: unknown): BoardPromise {
      return new BoardPromise((_resolve, reject) => { reject(reason); });
    }

    static all(items: unknown[]): BoardPromise {
      return new BoardPromise((resolve, reject) => {
        const values: unknown[] = new (items.constructor as ArrayConstructor)(items.length);
        let left = items.length;
        if (!left) resolve(values);
        items.forEach((item, index) => {
          BoardPromise.resolve(item).then((value) => {
            values[index] = value;
            if (--left === 0) resolve(values);
          }, reject);
        });
      });
    }

    private resolve(value: unknown): void {
      const then = (value as { then?: unknown } | null | undefined)?.then;
      if (typeof then !== 'function') return this.settle('resolved', value);
      Reflect.apply(then, value, [(result: unknown) => { this.resolve(result); },
        (reason: unknown) => { this.settle('rejected', reason); }]);
    }

    private settle(state: 'resolved' | 'rejected', value: unknown): void {
      if (this.state !== 'pending') return;
      this.state = state;
      this.value = value;
      for (const reaction of this.reactions) this.run(reaction);
      if (state === 'rejected') host.queue(() => { if (!this.handled) host.unhandled(value); });
    }

    private react(reaction: Reaction): void {
      if (this.state === 'pending') this.reactions.push(reaction);
      else this.run(reaction);
    }

    private run(reaction: Reaction): void {
      host.queue(() => { (this.state === 'resolved' ? reaction.done : reaction.failed)(this.value); });
    }
  }
  return BoardPromise;
}

function link(job: Job | undefined, resolve: Settle, reject: Settle, pass: Settle): Settle {
  if (typeof job !== 'function') return pass;
  return (value) => {
    try {
      resolve(job(value));
    } catch (error) {
      reject(error);
    }
  };
}

function hideAll(owner: object): void {
  for (const key of Object.keys(owner)) Object.defineProperty(owner, key, { enumerable: false });
}
