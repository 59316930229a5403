import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import linux from '../../boards/linux.ts';
import { startInterpreter } from '../../scripts/lib/interpreter.ts';
import type { Interpreter } from '../../scripts/lib/interpreter.ts';
import type { Hardware, RelayEdge } from './bell.ts';
import type { Waiting } from './waiting.ts';

/** A bell's hardware that is the real interpreter, with pins that only its console knows. */
export interface InterpretedHardware extends Hardware {
  /** What it has printed. */
  readonly lines: string[];
  restarts: number;
  /** Its flash as it is now; also without power. */
  flash(): Buffer;
  type(statement: string): void;
}

/** The interpreter at `bin` with this Storage. */
export function bellOnInterpreter(bin: string, storage: Uint8Array, waiting: Waiting): InterpretedHardware {
  const directory = mkdtempSync(join(tmpdir(), 'bell-e2e-'));
  const relay: RelayEdge[] = [];
  const lines: string[] = [];
  let content: Uint8Array | undefined = storage;
  let running: Interpreter | undefined;
  const hardware: InterpretedHardware = {
    relay,
    isExact: false,
    lines,
    restarts: 0,
    flash: () => readFileSync(join(directory, 'espruino.flash')),
    type: (statement) => running?.type(statement),
    plug: () => {
      running = startInterpreter({
        bin, directory, trace: content !== undefined, ...(content ? { storage: content } : {}),
        onEdge: ({ pin, level, ms }) => {
          const on = level === linux.relay.on ? 1 : 0;
          // The first edge of each start only says that the pin is off.
          if (pin === linux.relay.pin && on !== (relay.at(-1)?.on ?? 0)) relay.push({ on, ms });
          waiting.look();
        },
        onLine: (line) => {
          lines.push(line);
          waiting.look();
        },
        onRestart: () => {
          hardware.restarts++;
          waiting.look();
        },
      });
      // The flash keeps what it has from now on.
      content = undefined;
    },
    unplug: async () => {
      await running?.stop();
      running = undefined;
    },
    dispose: async () => {
      await hardware.unplug();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return hardware;
}
