/** The settings of one device: their shape, and the one table of rules that device and host both read. */

/** Newest version of the settings that this firmware knows. */
export const NEWEST = 1;

/**
 * A Wi-Fi network. `ssid`: 1 to 31 bytes, because Espruino cuts the last of 32. `password`: none for an open network,
 * else 8 to 63 bytes.
 */
export interface Network {
  ssid: string;
  password?: string;
}

/** What `bell.json` holds. Every field but `mqtt.host` (and `wifi` on the chips) has a default. */
export interface Settings {
  /** Version of this shape. Older ones are migrated when they are read. */
  version: 1;
  /** Name in topics: up to 32 of a-z, 0-9, -. Default '': `bell-` and the end of the chip's address. */
  id: string;
  /** Further names that this device answers to. Default none, at most 8. */
  groups: string[];
  /** First part of every topic: up to 48 of a-z, A-Z, 0-9, _, -, /. Default `bell`. */
  prefix: string;
  /** Networks, tried in this order. Default none, at most 4. */
  wifi: Network[];
  mqtt: {
    /** Broker's name or address. Default '': the device stays offline. */
    host: string;
    /** TCP port, 1 to 65535. Default 1883. */
    port: number;
    /** Default '': none. At most 256 bytes. */
    username: string;
    /** Password or token. Default '': none. At most 1024 bytes on an ESP8266, 4096 elsewhere. */
    password: string;
    /** Default '': the id. At most 128 bytes. */
    clientId: string;
    /** Seconds between signs of life, 5 to 1200. Default 60. */
    keepAlive: number;
    /** Whether the broker forgets this device when it goes. Default false: it keeps what it missed. */
    cleanSession: boolean;
    /** Quality of service of subscriptions, 0 to 2. Default 1. */
    qos: number;
    /** Encrypts the connection, without checking who answers. Default false; never on an ESP8266. */
    tls: boolean;
  };
  ring: {
    /** Pattern, or name of one, of a ring that brings none. Default `200`. */
    pattern: string;
    /** Named patterns. Default none, at most 8. Read them with `patternNamed`, never by index. */
    patterns: Record<string, string>;
    /** What a ring during a ring does. Default `refuse`. */
    during: 'refuse' | 'queue' | 'restart';
    /** Age at which a ring is stale, s, 1 to 86400. Default 30. */
    ttl: number;
    /**
     * Whether only those rings count that say when they were sent (`at`), and only while the clock is set. The button
     * of the device itself always does. Default false. Settings of an older firmware have none.
     */
    needsAt?: boolean;
  };
  guard: {
    /** Longest stroke, ms, 10 up to what the board can end by itself. Default 1000. */
    strokeMs: number;
    /** Longest on-time in the window, ms, 10 to 600000. Default 10000. */
    heatMs: number;
    /** The window that `heatMs` counts in, s, 1 to 3600. Default 60. */
    windowS: number;
    /** Silence between two rings, ms, 0 to 60000. Default 500. */
    lockoutMs: number;
  };
  button: {
    /** Pattern, or name of one, that the button asks for. Default '': that of the bell. */
    pattern: string;
    /** Names of the bells that the button rings. Default none but this device's own relay, at most 8. */
    rings: string[];
  };
  /** Whether the LED shows the state. Default true. */
  led: boolean;
  /** Whether rings are refused as `muted`. Default false. */
  muted: boolean;
  /** Seconds between two `stats` messages, 0 to 86400. Default 300; 0 for none. */
  statsS: number;
  time: {
    /** Name or address of a time server. Default '': none. */
    server: string;
  };
  update: {
    /** Key of updates over the air, 64 lower-case hex digits. Default '': this device takes none. */
    key: string;
  };
  portal: {
    /** Of the access point with the form: 8 to 63 printable ASCII characters. Default '': it never opens. */
    password: string;
    /** Time without a network after which it opens, s, 0 to 86400. Default 600; 0 for never. */
    afterS: number;
  };
}

/** What a board allows: constants of the board, handed in because `core` knows no board. */
export interface Limits {
  /** Longest stroke that the board's timer ends by itself, ms. */
  strokeMs: number;
  /** Longest password or token, bytes. */
  password: number;
}

/** Longest token that fits beside the rest of the firmware: 125 of 1,600 variables on an ESP8266. */
export function longestPassword(chip: string): number {
  return chip === 'esp8266' ? 1024 : 4096;
}

/** Kinds of value; `settings/check.ts` says what each allows. `min` and `max` count what the comment says. */
export const FLAG = 0;
/** Value itself. */
export const INT = 1;
/** Bytes. */
export const TEXT = 2;
/** Characters. */
export const NAME = 3;
/** Names. */
export const NAMES = 4;
/** Characters. */
export const TOPIC = 5;
/** Characters. */
export const HOST = 6;
/** Characters. */
export const PATTERN = 7;
/** Named patterns. */
export const PATTERNS = 8;
/** Networks. */
export const NETWORKS = 9;
/** Nothing: the words are in `during`. */
export const DURING = 10;

/** Characters of a pattern. */
export const LONGEST_PATTERN = 160;

/** May be changed by a message to `set`. */
export const REMOTE = 1;
/** Never leaves the device. */
export const SECRET = 2;

/** One rule: section ('' for none), name, kind, default, least, most, and `REMOTE` or `SECRET`. */
export type Rule = (
  section: string, name: string, kind: number, byDefault: unknown, min: number, max: number, flags: number,
) => void;

/**
 * Calls `rule` once for each setting, in the order in which they are stored.
 * The table is code and not data, so that on a device it costs variables only while one row is looked at.
 */
export function rules(rule: Rule, limits: Limits): void {
  rule('', 'id', NAME, '', 0, 32, 0);
  rule('', 'groups', NAMES, [], 0, 8, REMOTE);
  rule('', 'prefix', TOPIC, 'bell', 1, 48, 0);
  rule('', 'led', FLAG, true, 0, 0, REMOTE);
  rule('', 'muted', FLAG, false, 0, 0, REMOTE);
  rule('', 'statsS', INT, 300, 0, 86400, REMOTE);
  rule('', 'wifi', NETWORKS, [], 0, 4, SECRET);
  rule('mqtt', 'host', HOST, '', 0, 253, 0);
  rule('mqtt', 'port', INT, 1883, 1, 65535, 0);
  // Some brokers take an access token as the user name, so it is as secret as the password.
  rule('mqtt', 'username', TEXT, '', 0, 256, SECRET);
  rule('mqtt', 'password', TEXT, '', 0, limits.password, SECRET);
  rule('mqtt', 'clientId', TEXT, '', 0, 128, 0);
  rule('mqtt', 'keepAlive', INT, 60, 5, 1200, 0);
  rule('mqtt', 'cleanSession', FLAG, false, 0, 0, 0);
  rule('mqtt', 'qos', INT, 1, 0, 2, 0);
  rule('mqtt', 'tls', FLAG, false, 0, 0, 0);
  rule('ring', 'pattern', PATTERN, '200', 1, LONGEST_PATTERN, REMOTE);
  rule('ring', 'patterns', PATTERNS, {}, 0, 8, REMOTE);
  rule('ring', 'during', DURING, 'refuse', 0, 0, REMOTE);
  rule('ring', 'ttl', INT, 30, 1, 86400, REMOTE);
  rule('ring', 'needsAt', FLAG, false, 0, 0, REMOTE);
  rule('guard', 'strokeMs', INT, 1000, 10, limits.strokeMs, 0);
  rule('guard', 'heatMs', INT, 10000, 10, 600000, 0);
  rule('guard', 'windowS', INT, 60, 1, 3600, 0);
  rule('guard', 'lockoutMs', INT, 500, 0, 60000, 0);
  rule('button', 'pattern', PATTERN, '', 0, LONGEST_PATTERN, REMOTE);
  rule('button', 'rings', NAMES, [], 0, 8, REMOTE);
  rule('time', 'server', HOST, '', 0, 253, REMOTE);
  rule('update', 'key', TEXT, '', 0, 64, SECRET);
  rule('portal', 'password', TEXT, '', 0, 63, SECRET);
  rule('portal', 'afterS', INT, 600, 0, 86400, REMOTE);
}
