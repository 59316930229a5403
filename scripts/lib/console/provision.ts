import type { Board, Chip } from '../../../boards/board.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { IMPORT } from '../../../firmware/core/settings/import.ts';
import { Failure } from '../failure.ts';
import type { ConsoleOptions, EspruinoConsole } from './console.ts';
import type { DeviceInfo } from './device-info.ts';

/** Header of a file in Storage, and room to align it. */
const AROUND = 64;
/** Longest time for which a ring is waited for, in looks half a second apart. */
const LOOKS = 40;
const LOOK_MS = 500;
/** How long a restart may take until the settings have been taken over, in looks. */
const STARTS = 40;

/** What happens around the restart that takes settings over. */
export interface ProvisionHooks extends ConsoleOptions {
  /** The settings are on the device, which is about to restart: the moment to listen for it. */
  readonly beforeStart?: () => Promise<void>;
}

/**
 * Hands settings to a device that runs, over an open console: as a file that its firmware takes over when it starts.
 * Throws a Failure when the device does not take them; then those of before are in force.
 */
export async function handOver(
  console: EspruinoConsole, info: DeviceInfo, settings: Settings, hooks: ProvisionHooks = {},
): Promise<void> {
  const data = new TextEncoder().encode(JSON.stringify(settings));
  if (info.free < data.length + AROUND) {
    throw new Failure('Storage of the device is full', 'Give the settings with npx bell flash --config FILE.');
  }
  await untilQuiet(console, info);
  await console.sendFile(IMPORT, data);
  await hooks.beforeStart?.();
  // After the answer, which would be lost in the restart.
  await console.evaluate('(setTimeout(E.reboot,200),1)');
  await untilTaken(console);
}

/** Flash must not be written, nor the chip restarted, while the bell sounds. */
async function untilQuiet(console: EspruinoConsole, { kind }: DeviceInfo): Promise<void> {
  const level = outputLevel(kind);
  if (level === '') return;
  for (let look = 0; look < LOOKS; look++) {
    if (await console.evaluate(level) !== kind.relay.on) return;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  throw new Failure('The bell does not stop sounding', 'Stop it with bell ring NAME 0, then try again.');
}

/** The registers that hold what each chip drives at its pins, 32 of them in each. */
const OUTPUTS: Readonly<Record<Chip, readonly number[]>> = {
  esp8266: [0x60000300], esp32: [0x3ff44004, 0x3ff44010], esp32c3: [0x60004004], esp32s3: [0x60004004, 0x60004010],
  linux: [],
};

/**
 * An expression for the level that the chip drives at the relay, from the register of its outputs (technical
 * reference manuals of the chips). `digitalRead` would make an input of the pin, and let go of the relay.
 */
function outputLevel({ chip, relay }: Board): string {
  const pin = Number(relay.pin.slice(1));
  const register = OUTPUTS[chip][pin >> 5];
  return register === undefined ? '' : `(global.peek32?peek32(${register})>>>${pin & 31}&1:${1 - relay.on})`;
}

/** The firmware erases the file once it has stored and read back what it says. */
async function untilTaken(console: EspruinoConsole): Promise<void> {
  const question = `require("Storage").read("${IMPORT}")?1:0`;
  for (let look = 0; look < STARTS; look++) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    // While it restarts nothing is answered; old words of before the restart say 1.
    const isThere = await console.evaluate(question).catch((error: unknown) => {
      if (error instanceof Failure && /stopped answering|refused/.test(error.message)) return 1;
      throw error;
    });
    if (isThere === 0) return;
  }
  throw new Failure(
    'The device has the settings and does not take them over',
    'Its firmware may not start: npx bell doctor has a look, npx bell flash --config FILE repairs it.',
  );
}
