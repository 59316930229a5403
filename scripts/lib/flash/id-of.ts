import type { Settings } from '../../../firmware/core/config.ts';
import { defaultId } from '../../../firmware/core/settings/public.ts';

/** The name under which a device answers. */
export function idOf(settings: Pick<Settings, 'id'>, mac: string): string {
  return settings.id || defaultId(mac);
}
