import { setTimeout as wait } from 'node:timers/promises';
import { MemoryPort } from '../../test/support/rom/memory-port.ts';

/** A port whose bytes take their time, so that there is something to see. */
export class SlowPort extends MemoryPort {
  msPerWrite = 0;

  override async open(options: { readonly baudRate: number }): Promise<void> {
    await super.open(options);
    const writer = this.writable!.getWriter();
    this.writable = new WritableStream({
      write: async (bytes) => {
        if (this.msPerWrite > 0) await wait(this.msPerWrite);
        await writer.write(bytes);
      },
    });
  }
}
