import { EspruinoConsole } from '../../scripts/lib/console/console.ts';
import { askDevice } from '../../scripts/lib/console/device-info.ts';
import { handOver, type ProvisionHooks } from '../../scripts/lib/console/provision.ts';
import type { Provision } from '../../scripts/lib/flash/steps.ts';

/** Hands settings to the device at a port over its console: the port is closed before and after. */
export function provisionOver(signal: AbortSignal, hooks: ProvisionHooks = {}): Provision {
  return async (port, settings) => {
    const console = await EspruinoConsole.open(port, signal, hooks);
    try {
      await handOver(console, await askDevice(console), settings, hooks);
    } finally {
      await console.close();
    }
  };
}
