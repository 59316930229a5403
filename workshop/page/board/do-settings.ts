import { EspruinoConsole } from '../../../scripts/lib/console/console.ts';
import { askDevice } from '../../../scripts/lib/console/device-info.ts';
import { readDeviceSettings } from '../../../scripts/lib/console/device-settings.ts';
import { handOver } from '../../../scripts/lib/console/provision.ts';
import { idOf } from '../../../scripts/lib/flash/id-of.ts';
import { isBare, withPortalPassword } from '../../../scripts/lib/flash/portal-password.ts';
import { askSettings, summaryOf } from './ask-settings.ts';
import type { Job } from './job.ts';
import { OnlineWait } from './online-wait.ts';

/** Gives a device that runs other settings, over its console, as the command does. */
export async function doSettings(job: Job): Promise<void> {
  job.step('board', { state: 'now', text: 'Asking the device who it is…' });
  const console = await EspruinoConsole.open(job.port, job.signal);
  try {
    const info = await askDevice(console);
    const { kind, firmware, version, serial } = info;
    job.step('board', { state: 'done', text: `${kind.title}, firmware ${firmware}, Espruino ${version}.` });
    const known = await readDeviceSettings(console);
    const given = await askSettings(job, kind, serial, known && !isBare(known) ? known : undefined);
    if (!given) return job.step('settings', { state: 'skipped', text: 'Nothing was changed.' });
    const { settings, isNew } = withPortalPassword(given, known);
    job.step('settings', { state: 'done', text: summaryOf(settings) });
    const name = idOf(settings, serial);
    if (isNew) job.change((state) => ({ ...state, portal: { name, password: settings.portal.password } }));
    job.step('stored', { state: 'now', text: 'They go onto the device, which then restarts…' });
    let wait: OnlineWait | undefined;
    const beforeStart = async () => {
      wait = await OnlineWait.begin(job, settings, serial);
    };
    await handOver(console, info, settings, { beforeStart });
    job.step('stored', { state: 'done', text: 'The device has taken them over.' });
    await wait?.end(`${name} has its settings`);
  } finally {
    await console.close();
  }
}
