import { ESPLoader, Transport } from 'esptool-js';
import type { RomChip } from '../../../boards/interpreters.ts';
import { ConnectStory } from './connect-story.ts';
import { md5 } from './md5.ts';
import { interrupted, lostFailure, PortFailure } from './port-failure.ts';
import type { SerialDevice } from './serial-device.ts';

export interface RomOptions {
  /** Speed once the loader is there. 460800 where nothing else is said. */
  readonly baudRate?: number;
  /** How often a chip that does not answer is reset and called again. */
  readonly attempts?: number;
  /** How long an answer to a block may take, ms. */
  readonly patienceMs?: number;
}

/** What is written at once: few enough bytes that the chip has them in flash before it could seem dead. */
export const PIECE = 0x10000;

const ROM_BAUD = 115200;
const CHIPS: readonly string[] = ['ESP8266', 'ESP32', 'ESP32-C3', 'ESP32-S3'] satisfies RomChip[];
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
 * Resets the chip into its loader, finds out which one it is, and loads the stub that writes flash.
 * Throws a PortFailure that says what to do, and ends at once when `signal` is aborted.
 */
export async function connectRom(
  device: SerialDevice, options: RomOptions = {}, signal?: AbortSignal,
): Promise<RomLoader> {
  const { attempts = 7, patienceMs = 5000 } = options;
  // A change of speed means nothing to USB inside of the chip.
  const isInside = device.getInfo().usbVendorId === 0x303a;
  const baudrate = isInside ? ROM_BAUD : options.baudRate ?? 460800;
  const story = new ConnectStory();
  const transport = quietTransport(device);
  const esp = new ESPLoader({ transport, baudrate, romBaudrate: ROM_BAUD, terminal: story, debugLogging: true });
  esp.FLASH_READ_TIMEOUT = patienceMs;
  const lost = lostOf(device, transport);
  const aborted = abortOf(signal, transport);
  try {
    const wait = <T>(work: Promise<T>) => Promise.race([work, lost, aborted.promise]);
    await wait(esp.detectChip('default_reset', attempts));
    const chip = chipOf(esp);
    const mac = await wait(esp.chip.readMac(esp));
    await wait(loadStub(esp, baudrate));
    return new RomLoader(device, esp, transport, patienceMs, lost, chip, mac);
  } catch (error) {
    await transport.disconnect().catch(() => undefined);
    throw story.failure(error);
  } finally {
    aborted.forget();
  }
}

/**
 * Starts the program in flash. esptool-js 0.7.0 does not: it only releases a line that nobody holds.
 * RTS alone holds the chip, on boards with two transistors and on chips with USB inside.
 */
export async function startProgram(device: SerialDevice): Promise<void> {
  await device.setSignals({ dataTerminalReady: false, requestToSend: true });
  await new Promise((done) => setTimeout(done, 100));
  await device.setSignals({ dataTerminalReady: false, requestToSend: false });
}

/** esptool-js writes to the console of its own accord, whether one asked for it or not. */
function quietTransport(device: SerialDevice): Transport {
  const transport = new Transport(device as unknown as ConstructorParameters<typeof Transport>[0]);
  transport.trace = () => undefined;
  return transport;
}

/** Rejects when the device is unplugged. */
function lostOf(device: SerialDevice, transport: Transport): Promise<never> {
  const lost = new Promise<never>((_done, fail) => device.onLost?.(() => {
    fail(lostFailure());
    endReading(transport, lostFailure());
  }));
  // Whoever waits hears of it; when nobody does, it is no fault of the process.
  lost.catch(() => undefined);
  return lost;
}

/** esptool-js would go on looking into its buffer for an answer, for seconds, and so keep the process alive. */
function endReading(transport: Transport, why: Error): void {
  const gone = () => {
    throw why;
  };
  Object.defineProperty(transport, 'buffer', { get: gone, set: gone });
}

/** Rejects when the user ends it, until it is forgotten. */
function abortOf(signal: AbortSignal | undefined, transport: Transport) {
  let abort: () => void = () => undefined;
  const promise = new Promise<never>((_done, fail) => {
    abort = () => {
      fail(interrupted());
      endReading(transport, interrupted());
    };
  });
  promise.catch(() => undefined);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  return { promise, forget: () => signal?.removeEventListener('abort', abort) };
}

function chipOf(esp: ESPLoader): RomChip {
  const name = esp.chip.CHIP_NAME;
  if (CHIPS.includes(name)) return name as RomChip;
  throw new PortFailure('wrong-chip', `This is an ${name}, which no board here has`, 'See bell boards.');
}

async function loadStub(esp: ESPLoader, baudrate: number): Promise<void> {
  // Its 0 stands for "there is none" and is taken for an address: the identity of the flash would be nonsense.
  const chip = esp.chip as { SPI_MOSI_DLEN_OFFS: number | null };
  if (esp.chip.CHIP_NAME === 'ESP8266') chip.SPI_MOSI_DLEN_OFFS = null;
  await esp.chip.postConnect?.(esp);
  await esp.runStub();
  if (baudrate !== ROM_BAUD) await esp.changeBaud();
}

async function deflate(data: Uint8Array): Promise<Uint8Array> {
  const packed = new Blob([Uint8Array.from(data)]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
