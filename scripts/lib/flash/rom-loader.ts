import type { ESPLoader, Transport } from 'esptool-js';
import type { RomChip } from '../../../boards/interpreters.ts';
import { md5 } from './md5.ts';
import { PortFailure } from './port-failure.ts';
import type { SerialDevice } from './serial-device.ts';

/** What is written at once: few enough bytes that the chip has them in flash before it could seem dead. */
export const PIECE = 0x10000;

/** A piece that does not read back as it was written is written again. */
const TRIES = 3;

/** A chip whose loader answers: reads, compares and writes its flash. Made by `connectRom`. */
export class RomLoader {
  constructor(
    private readonly device: SerialDevice,
    private readonly esp: ESPLoader,
    private readonly transport: Transport,
    private readonly patienceMs: number,
    private readonly lost: Promise<never>,
    readonly chip: RomChip,
    /** As `5c:cf:7f:12:34:56`. */
    readonly mac: string,
  ) {}

  /** Size of the flash by its own word, KB; undefined when it says nothing that makes sense. */
  async flashKb(): Promise<number | undefined> {
    const log = ((await this.during(this.esp.readFlashId())) >> 16) & 0xff;
    return log >= 0x12 && log <= 0x18 ? 2 ** log / 1024 : undefined;
  }

  /** Whether the flash holds just this there. */
  async holds(address: number, data: Uint8Array): Promise<boolean> {
    return (await this.during(this.esp.flashMd5sum(address, data.length))) === md5(data);
  }

  /** Bytes of the flash. Throws when they did not come as they were sent. */
  async read(address: number, length: number): Promise<Uint8Array> {
    const bytes = await this.during(this.esp.readFlash(address, length));
    // The loader closes with the MD5 of what it has sent; esptool-js leaves it lying.
    const sum = await this.during(this.transport.read(this.patienceMs));
    const expected = Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
    if (md5(bytes) === expected) return bytes;
    throw new PortFailure('bad-flash', 'The flash was read with faults on the way', 'Take a shorter cable.');
  }

  /** Erases and writes up to `PIECE` bytes from the start of a page, and compares. Other pages stay as they are. */
  async write(address: number, data: Uint8Array): Promise<void> {
    for (let tried = 0; tried < TRIES; tried++) {
      await this.during(this.send(address, data));
      if (await this.holds(address, data)) return;
    }
    throw new PortFailure(
      'bad-flash', `The flash at 0x${address.toString(16)} does not hold what is written to it`,
      'Try --baud 115200 and a shorter cable; if it stays, the flash is worn out or smaller than this board\'s.',
    );
  }

  /** Leaves the loader, starts what is in flash, and closes the port. */
  async end(): Promise<void> {
    await startProgram(this.device);
    await this.transport.disconnect();
  }

  /** Closes the port and leaves the chip in its loader, if it still can. */
  async abandon(): Promise<void> {
    await this.transport.disconnect().catch(() => undefined);
  }

  private async send(address: number, data: Uint8Array): Promise<void> {
    const packed = await deflate(data);
    const { esp, patienceMs } = this;
    await esp.flashDeflBegin(data.length, packed.length, address);
    const block = esp.FLASH_WRITE_SIZE;
    for (let at = 0; at < packed.length; at += block) {
      await esp.flashDeflBlock(packed.slice(at, at + block), at / block, patienceMs);
    }
    // Answered only when the last block is in flash.
    await esp.flashDeflFinish(false, patienceMs);
  }

  /** The work, unless the device is unplugged meanwhile; faults of the line in plain words. */
  private async during<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.lost]);
    } catch (error) {
      if (error instanceof PortFailure) throw error;
      throw new PortFailure(
        'silent', 'The chip has stopped answering',
        'Give the same command again: it goes on where it was. If it stops again, try --baud 115200.',
      );
    }
  }
}

/**
 * Starts the program in flash. esptool-js 0.7.0 does not: it only releases a line that nobody holds.
 * RTS alone holds the chip, on boards with two transistors and on chips with USB inside.
 */
async function startProgram(device: SerialDevice): Promise<void> {
  await device.setSignals({ dataTerminalReady: false, requestToSend: true });
  await new Promise((done) => setTimeout(done, 100));
  await device.setSignals({ dataTerminalReady: false, requestToSend: false });
}

async function deflate(data: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([Uint8Array.from(data)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
