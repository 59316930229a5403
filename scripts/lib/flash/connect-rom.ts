import { ESPLoader, Transport } from 'esptool-js';
import type { RomChip } from '../../../boards/interpreters.ts';
import { ConnectStory } from './connect-story.ts';
import { interrupted, lostFailure, PortFailure } from './port-failure.ts';
import { RomLoader } from './rom-loader.ts';
import type { SerialDevice } from './serial-device.ts';

export interface RomOptions {
  /** Speed once the loader is there. 460800 where nothing else is said. */
  readonly baudRate?: number;
  /** How often a chip that does not answer is reset and called again. */
  readonly attempts?: number;
  /** How long an answer to a block may take, ms. */
  readonly patienceMs?: number;
}

const ROM_BAUD = 115200;
const CHIPS: readonly string[] = ['ESP8266', 'ESP32', 'ESP32-C3', 'ESP32-S3'] satisfies RomChip[];

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
