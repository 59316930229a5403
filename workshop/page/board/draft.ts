import type { Board } from '../../../boards/board.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { checkSettings, type SettingsError } from '../../../scripts/lib/check-settings.ts';

/** What stands in the form of settings, as it was typed. Lives in this page only. */
export interface Draft {
  id: string;
  wifi: { ssid: string; password: string }[];
  host: string;
  port: string;
  tls: boolean;
  username: string;
  password: string;
  key: string;
  /** Settings that the form does not show. They go onto the device as they are. */
  rest: Record<string, unknown>;
}

/** One thing that is wrong in the form. */
export interface DraftError {
  /** Name of the field that it belongs to; '' for the form as a whole. */
  readonly field: string;
  /** The setting, its value and what is allowed, as a sentence. */
  readonly text: string;
}

/** A form that says what these settings say: those of a device, or the content of a `bell.json`. */
export function draftOf(settings: unknown = {}): Draft {
  const rest = isObject(settings) ? settings : {};
  const mqtt = isObject(rest.mqtt) ? rest.mqtt : {};
  const update = isObject(rest.update) ? rest.update : {};
  const wifi = Array.isArray(rest.wifi) ? rest.wifi.filter(isObject) : [];
  return {
    id: textOf(rest.id),
    wifi: wifi.length === 0 ? [{ ssid: '', password: '' }] : wifi.map(({ ssid, password }) => {
      return { ssid: textOf(ssid), password: textOf(password) };
    }),
    host: textOf(mqtt.host),
    port: textOf(mqtt.port) || '1883',
    tls: mqtt.tls === true,
    username: textOf(mqtt.username),
    password: textOf(mqtt.password),
    key: textOf(update.key),
    rest,
  };
}

/** The settings of a form, checked for a board as the command does it; or what is wrong, field by field. */
export function readDraft(draft: Draft, board: Board): { settings: Settings } | { errors: DraftError[] } {
  const checked = checkSettings(JSON.stringify(toObject(draft)), board);
  if ('settings' in checked) return checked;
  // Empty rows are left out of the settings, and count in the form.
  const rows = draft.wifi.flatMap((network, row) => (isEmpty(network) ? [] : [row]));
  return { errors: checked.errors.map((error) => toDraftError(error, rows)) };
}

function isEmpty({ ssid, password }: Draft['wifi'][number]): boolean {
  return ssid === '' && password === '';
}

function toObject({ id, wifi, host, port, tls, username, password, key, rest }: Draft): object {
  const networks = wifi.filter((network) => !isEmpty(network));
  return {
    ...rest,
    id: id.trim(),
    wifi: networks.map((network) => (network.password === '' ? { ssid: network.ssid } : network)),
    mqtt: {
      ...(rest.mqtt as object | undefined),
      host: host.trim(), port: /^\d+$/.test(port.trim()) ? Number(port) : port, tls, username, password,
    },
    update: { ...(rest.update as object | undefined), key: key.trim() },
  };
}

/** Path of a setting to the name of its field. */
const FIELDS: Record<string, string> = {
  'id': 'id', 'mqtt.host': 'host', 'mqtt.port': 'port', 'mqtt.tls': 'tls', 'mqtt.username': 'username',
  'mqtt.password': 'password', 'update.key': 'key', 'wifi': 'wifi0',
};

function toDraftError({ path, value, message }: SettingsError, rows: readonly number[]): DraftError {
  const [, entry] = /^wifi\[(\d+)\]/.exec(path) ?? [];
  const field = entry === undefined ? FIELDS[path] ?? '' : `wifi${rows[Number(entry)] ?? 0}`;
  const what = value === undefined ? path : `${path} is ${JSON.stringify(value)}`;
  return { field, text: `${what}: ${message}.` };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
