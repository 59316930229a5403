import { Failure } from '../failure.ts';
import { PortFailure } from './port-failure.ts';

const BY_HAND = 'Hold the button marked BOOT, FLASH or IO0, press and release RST or EN, let go, and try again; ' +
  'a board without buttons wants GPIO0 on GND while it gets power.';

/**
 * Listens to what esptool-js says while it connects, and tells what went wrong: its own errors say
 * little more than that something did.
 */
export class ConnectStory {
  private readonly lines: string[] = [];

  clean(): void { /* Nothing is shown. */ }

  write(text: string): void {
    this.lines.push(text);
  }

  writeLine(text: string): void {
    this.lines.push(text);
  }

  /** A PortFailure for an error that esptool-js threw; one that is a Failure already stays as it is. */
  failure(error: unknown): Error {
    if (error instanceof Failure) return error;
    const { message } = error as Error;
    if (!/Failed to connect|stream stopped|No serial data|Invalid head|Timeout|Failed to start stub/.test(message)) {
      return this.unexpected(error as Error);
    }
    if (this.saw(/downloadMode:true/)) {
      return new PortFailure(
        'deaf', 'The chip waits in its loader and does not hear this computer',
        'Take away what is wired to its RX and TX, and try another cable.',
      );
    }
    if (this.saw(/bootMode:0x/)) {
      return new PortFailure('wrong-boot-mode', 'The chip starts its program, not its loader', BY_HAND);
    }
    return new PortFailure('silent', 'Nothing answers at this port', BY_HAND);
  }

  private unexpected(error: Error): Error {
    if (/chip (id|magic)|UnexpectedChip/i.test(`${error.name} ${error.message}`)) {
      return new PortFailure('wrong-chip', 'This chip is none that any board here has', 'See bell boards.');
    }
    return error;
  }

  private saw(pattern: RegExp): boolean {
    return this.lines.some((line) => pattern.test(line));
  }
}
