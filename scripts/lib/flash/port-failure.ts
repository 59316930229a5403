import { Failure } from '../failure.ts';

/** Why a device at a port could not be reached. `bell doctor` tells a story for each. */
export type PortFault =
  /** No port, or not the one that was named. */
  | 'no-port'
  /** This user may not open it. */
  | 'not-allowed'
  /** Another program has it open. */
  | 'busy'
  /** Nothing but silence. */
  | 'silent'
  /** The chip runs its program where its loader should wait. */
  | 'wrong-boot-mode'
  /** The loader says that it waits, and does not hear us. */
  | 'deaf'
  /** Unplugged while it was in use. */
  | 'lost'
  /** No board here has this chip, or not the board that was named. */
  | 'wrong-chip'
  /** The flash does not hold what is written. */
  | 'bad-flash'
  /** Its interpreter has no console that this program can talk to. */
  | 'too-old'
  /** The library for ports is not installed. */
  | 'no-library';

/** A Failure at a port, with its kind. */
export class PortFailure extends Failure {
  constructor(readonly fault: PortFault, message: string, cure: string) {
    super(message, cure);
  }
}

/** What the user ended. The same command goes on. */
export function interrupted(): Failure {
  return new Failure('Interrupted', 'Give the same command again: it goes on where it was.');
}

/** The device was unplugged. */
export function lostFailure(): PortFailure {
  return new PortFailure(
    'lost', 'The device was unplugged', 'Plug it in again and give the same command: it goes on where it was.',
  );
}
