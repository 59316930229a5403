import type { FlashMode } from '../../../boards/interpreters.ts';
import type { Memory } from './memory.ts';
import type { BellLine } from './server.ts';
import type { Question, State, Step, StepName } from './state.ts';
import type { WebSerialDevice } from './web-serial.ts';

/** What was chosen before the work began. */
export interface Wish {
  /** Id of a board; '' to find it out. */
  board: string;
  baudRate: number;
  flashMode: FlashMode | '';
  /** Whether to wait for the bell: then the login of its broker goes to the workshop on this computer. */
  isWaiting: boolean;
}

/** What one work needs of the flow that it is part of. */
export interface Job {
  readonly wish: Readonly<Wish>;
  readonly port: WebSerialDevice;
  readonly signal: AbortSignal;
  readonly memory: Memory;
  change(change: (state: State) => State): void;
  step(name: StepName, step: Step): void;
  /** Puts a question to the person, and waits for the answer. */
  ask<T>(make: (answer: (value: T) => void) => Question): Promise<T>;
  /** Keeps the line to the bell, until something else begins. */
  keep(line: BellLine): void;
}
