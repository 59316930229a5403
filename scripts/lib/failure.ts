/**
 * Something that a person can put right. The command line prints it as one sentence with the cure,
 * and no stack; any other error is a fault of ours and keeps its stack.
 */
export class Failure extends Error {
  readonly cure: string;

  constructor(message: string, cure = '') {
    super(message);
    this.name = 'Failure';
    this.cure = cure;
  }

  /** Message and cure, as one or two sentences. */
  get sentence(): string {
    const message = /[.!?]$/.test(this.message) ? this.message : `${this.message}.`;
    return this.cure === '' ? message : `${message} ${this.cure}`;
  }
}
