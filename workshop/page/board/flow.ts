import { Failure } from '../../../scripts/lib/failure.ts';
import { interrupted } from '../../../scripts/lib/flash/port-failure.ts';
import { doFlash } from './do-flash.ts';
import { doLook } from './do-look.ts';
import { doSettings } from './do-settings.ts';
import type { Job, Wish } from './job.ts';
import { Memory } from './memory.ts';
import type { BellLine } from './server.ts';
import { failed, IDLE, withStep, type Question, type State, type Work } from './state.ts';
import { choosePort, type WebSerialDevice } from './web-serial.ts';

const WORKS: Readonly<Record<Work, (job: Job) => Promise<void>>> = {
  flash: doFlash, settings: doSettings, look: doLook,
};

/** What the person does in the tab, one work at a time. */
export class Flow {
  state: State = IDLE;
  readonly wish: Wish = { board: '', baudRate: 460800, flashMode: '', isWaiting: true };
  port: WebSerialDevice | undefined;
  private line: BellLine | undefined;
  private stopper = new AbortController();
  private readonly memory = new Memory();

  /** `asked` is called when a question was put, and is drawn. */
  constructor(private readonly draw: () => void, private readonly asked: () => void) {}

  /** Call it from a click: a browser shows its list of ports only then. */
  async begin(work: Work): Promise<void> {
    if (this.state.isBusy) return;
    this.line?.close();
    this.line = undefined;
    this.change(() => ({ ...IDLE, work, isBusy: true }));
    try {
      await this.run(work);
    } catch (error) {
      this.change((state) => failed(state, error as Error));
    } finally {
      this.change((state) => ({ ...state, isBusy: false, question: undefined }));
    }
  }

  /** Ends the work between two pieces. It can be begun again, and goes on there. */
  stop(): void {
    this.stopper.abort();
  }

  /** The next work asks for a port again. */
  forgetPort(): void {
    this.port = undefined;
    this.change(() => IDLE);
  }

  ring(): void {
    this.change((state) => (state.bell ? { ...state, bell: { ...state.bell, rang: '' } } : state));
    this.line?.ring();
  }

  change(change: (state: State) => State): void {
    this.state = change(this.state);
    this.draw();
  }

  private async run(work: Work): Promise<void> {
    if (this.port?.isGone) this.port = undefined;
    this.port ??= await choosePort();
    if (!this.port) throw new Failure('No port was chosen', NO_PORT);
    this.stopper = new AbortController();
    const step: Job['step'] = (name, its) => this.change((state) => withStep(state, name, its));
    step('port', { state: 'done', text: this.port.name });
    await WORKS[work]({
      wish: this.wish, port: this.port, signal: this.stopper.signal, memory: this.memory, step,
      change: (change) => this.change(change),
      ask: (make) => this.ask(make),
      keep: (line) => { this.line = line; },
    });
  }

  private ask<T>(make: (answer: (value: T) => void) => Question): Promise<T> {
    const { signal } = this.stopper;
    return new Promise<T>((done, fail) => {
      const end = (settle: () => void) => {
        signal.removeEventListener('abort', stop);
        this.change((state) => ({ ...state, question: undefined }));
        settle();
      };
      const stop = () => end(() => fail(interrupted()));
      signal.addEventListener('abort', stop);
      if (signal.aborted) return stop();
      this.change((state) => ({ ...state, question: make((value) => end(() => done(value))) }));
      this.asked();
    });
  }
}

const NO_PORT = 'If the list was empty: another cable, because many only charge, and on Windows and macOS perhaps ' +
  'the driver of the USB chip (CH340, CP210x).';
