import type { Board } from '../../../boards/board.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { defaultId } from '../../../firmware/core/settings/public.ts';
import type { Job } from './job.ts';

/** Asks for the settings of a device; undefined leaves those that it has, or none. */
export function askSettings(job: Job, board: Board, mac: string, known?: Settings): Promise<Settings | undefined> {
  job.step('settings', { state: 'now', text: '' });
  const draft = job.memory.draftFor(known);
  return job.ask((answer) => {
    return { type: 'settings', board, byDefault: defaultId(mac), draft, answer, ...(known ? { known } : {}) };
  });
}

/** Settings in a line, without their secrets. */
export function summaryOf({ id, wifi, mqtt }: Settings): string {
  const networks = wifi.map(({ ssid }) => ssid).join(', ');
  return `${id === '' ? '' : `${id}, `}network ${networks || 'none'}, broker ${mqtt.host || 'none'}:${mqtt.port}.`;
}
