import { typeName } from './type-name.ts';

type Settle = (value: unknown) => void;
type Executor = (resolve: Settle, reject: Settle) => void;
type State = 'pending' | 'resolved' | 'rejected';

/** What is to happen when a promise is settled: a callback or none, and the promise that follows. */
interface Reaction {
  readonly on: 'resolved' | 'rejected';
  readonly callback: unknown;
  readonly next: Settlement;
}

/** How promises reach their interpreter. */
export interface PromiseHost {
  /** Queues a job as board code, behind the events that wait already. */
  queueNative(job: () => void): void;
  error(message: string, type?: string): Error;
  array(items: readonly unknown[]): unknown[];
}

/**
 * Espruino's Promise. Its steps wait in the same queue as events; there is no race, any, allSettled or finally.
 * Own code, because V8's would run outside of the interpreter's turns and has none of the oddities: what passes
 * through a `then` or `catch` that was added after the promise had been settled comes out as a rejection.
 */
export function createPromise(host: PromiseHost): new (executor: Executor) => unknown {
  return class BoardPromise extends BasePromise {
    constructor(executor: Executor) {
      super(host);
      if (typeof executor !== 'function') throw host.error('Function required in promise constructor');
      execute(executor, new Settlement(this));
    }

    static resolve(value?: unknown): unknown {
      if (value instanceof BasePromise) return value;
      const then = thenOf(value);
      return new BoardPromise(then ? then.bind(value) as Executor : (resolve) => { resolve(value); });
    }

    static reject(reason?: unknown): unknown {
      return new BoardPromise((_resolve, reject) => { reject(reason); });
    }

    static all(items: unknown[]): unknown {
      if (!Array.isArray(items)) throw host.error(`Expecting something iterable, got ${typeName(items)}`, 'TypeError');
      return new BoardPromise((resolve, reject) => { gather(items, host.array([]), resolve, reject); });
    }
  };
}

class BasePromise {
  state: State = 'pending';
  value: unknown;
  readonly reactions: Reaction[] = [];

  constructor(readonly host: PromiseHost) {
    for (const key of Object.keys(this)) Object.defineProperty(this, key, { enumerable: false });
  }

  then(done?: unknown, failed?: unknown): BasePromise {
    const next = new BasePromise(this.host);
    const settlement = new Settlement(next);
    if (this.state === 'pending') {
      this.reactions.push({ on: 'resolved', callback: done, next: settlement });
      this.reactions.push({ on: 'rejected', callback: failed, next: settlement });
    } else {
      const callback = this.state === 'resolved' ? done : failed;
      this.react({ on: 'rejected', callback, next: settlement });
    }
    return next;
  }

  catch(failed?: unknown): BasePromise {
    return this.then(undefined, failed);
  }

  /** Settles for good and queues the reactions; a rejection that nobody waits for is an exception. */
  seal(state: 'resolved' | 'rejected'): void {
    this.state = state;
    const due = this.reactions.filter(({ on }) => on === state);
    for (const reaction of due) this.react(reaction);
    if (state === 'rejected' && !due.length) {
      throw this.host.error(`Unhandled promise rejection: ${String(this.value)}`);
    }
  }

  private react({ on, callback, next }: Reaction): void {
    this.host.queueNative(() => {
      if (typeof callback !== 'function') return next.settle(on, this.value);
      let result: unknown;
      try {
        result = Reflect.apply(callback, undefined, [this.value]);
      } catch (error) {
        return next.settle('rejected', error);
      }
      next.settle('resolved', result);
    });
  }
}

/** The right to settle a promise, once. */
class Settlement {
  private used = false;

  constructor(private readonly promise: BasePromise) {}

  queue(state: 'resolved' | 'rejected', value: unknown): void {
    this.promise.host.queueNative(() => { this.settle(state, value); });
  }

  settle(state: 'resolved' | 'rejected', value: unknown): void {
    if (this.used) return;
    this.used = true;
    const { promise } = this;
    if (value === promise) throw promise.host.error('Illegal resolving to self');
    promise.value = value;
    const then = state === 'resolved' ? thenOf(value) : undefined;
    if (!then) return promise.seal(state);
    const inner = new Settlement(promise);
    then.call(value, (result: unknown) => { inner.settle('resolved', result); },
      (reason: unknown) => { inner.settle('rejected', reason); });
  }
}

function execute(executor: Executor, settlement: Settlement): void {
  try {
    executor((value) => { settlement.queue('resolved', value); }, (value) => { settlement.queue('rejected', value); });
  } catch (error) {
    settlement.queue('rejected', error);
  }
}

type Then = (done: Settle, failed: Settle) => void;

function thenOf(value: unknown): Then | undefined {
  const then = typeof value === 'object' && value ? (value as { then?: unknown }).then : undefined;
  return typeof then === 'function' ? then as Then : undefined;
}

function gather(items: unknown[], values: unknown[], resolve: Settle, reject: Settle): void {
  let left = items.length;
  items.forEach((item, index) => {
    if (!(item instanceof BasePromise)) {
      values[index] = item;
      left--;
      return;
    }
    item.then((value: unknown) => {
      values[index] = value;
      if (--left === 0) resolve(values);
    }, reject);
  });
  if (left === 0) resolve(values);
}
