import { createRecent } from './bell/recent.ts';
import { isStale } from './bell/late.ts';
import type { Outcome } from './bell/outcome.ts';
import { parseRing, STOP } from './bell/ring.ts';
import type { Ring } from './bell/ring.ts';
import { createRinger, QUEUE, REFUSE, RESTART } from './bell/ringer.ts';
import type { Guard } from './bell/ringer.ts';
import type { Settings } from './config.ts';
import { patternNamed } from './settings/public.ts';
import type { Clock, Link, Output } from './contracts.ts';
import { infoOf, statsOf } from './info.ts';
import { DEAF, NO_BROKER, NO_NETWORK, NO_SETTINGS, REFUSED, WELL } from './led.ts';
import { secondsToWait } from './mqtt/backoff.ts';
import { encodeConnect, SUBACK, SUBSCRIBE, UNSUBSCRIBE } from './mqtt/packet.ts';
import { isRefusal } from './mqtt/refusal.ts';
import { createSession } from './mqtt/session.ts';
import type { Session } from './mqtt/owner.ts';
import { filtersOf, MOST_FILTERS, namesOf } from './topics.ts';

/** Seconds online after which earlier failures are forgotten, and an image on trial has proved itself. */
const STABLE = 30;

/** Seconds after which an image that is not on trial counts as started, with or without a network. */
const STARTED = 60;

/** Seconds without a session after which the device restarts: sockets that the interpreter has lost count of come back only so. */
const HOPELESS = 3600;

/** Silence after which no more messages are expected to have waited in the session, and the longest that they may take, s. */
const BACKLOG_REST = 3;
const BACKLOG_MOST = 30;

/** Seconds from one look at the time server to the next: no crystal here is off by a second in an hour. */
const CLOCK_EVERY = 3600;

/** Seconds from one look at what has no hurry to the next. */
const TEN = 10;

/** How many changes of the settings may wait for silence. */
const MOST_PATCHES = 3;

/** What stands for the packet identifier of a ring that came from the device's own button. */
const BY_HAND = -1;

/** What is still to be said. */
const INFO = 1;
const STATUS = 2;

/** Seconds from one blink code to the next. */
const LED_EVERY = 4;

/** The CONNECT packet of these settings. */
function helloOf(settings: Settings): string {
  const mqtt = settings.mqtt;
  return encodeConnect({
    clientId: mqtt.clientId || settings.id,
    clean: mqtt.cleanSession ? 1 : 0,
    keepAlive: mqtt.keepAlive,
    will: { topic: settings.prefix + '/' + settings.id + '/status', payload: 'offline', qos: 1, retain: 1 },
    username: mqtt.username,
    password: mqtt.password,
  });
}

/** Filters for UNSUBSCRIBE: those for SUBSCRIBE have a QoS behind each. */
function withoutQos(filters: (string | number)[]): (string | number)[] {
  return filters.filter((item) => typeof item === 'string');
}

/** The device around the logic. */
export interface Parts {
  relay: Output;
  clock: Clock;
  /** The settings as they are stored now, defaults filled in. Read for each use: nobody keeps a password in memory. */
  load(): Settings;
  /** The settings without the secrets. */
  show(): { [key: string]: unknown };
  /** Applies a patch to the settings and stores them. Gives '' or the reason why not. */
  patch(text: string): string;
  /** Opens a connection to the broker of these settings and leads its events to these. May throw. */
  dial(
    settings: Settings,
    opened: () => void,
    received: (chunk: string) => void,
    closed: (reason: unknown) => void,
  ): Link;
  crc(bytes: string): number;
  /** Unix time, s, or 0 while the clock is not set. */
  now(): number;
  blink(times: number): void;
  /** Sets the clock by this server, if it answers. */
  askTime(server: string): void;
  /** What only the hardware knows, for `info`: version, board, address, reason of the last restart … */
  facts(): { [key: string]: unknown };
  /** What only the hardware knows, for `stats`. */
  figures(): { [key: string]: unknown };
  /** The image has proved itself. */
  healthy(): void;
  restart(): void;
  /** Limits of the board, bytes and ms. */
  maxPacket: number;
  maxQueue: number;
  maxStroke: number;
  trial: 0 | 1;
}

/** A device: what the hardware tells it. */
export interface Device {
  /** The network has come (1) or is gone (0); `text` is its address or the reason. */
  network(up: 0 | 1, text: string): void;
  /** The button was pressed. */
  pressed(): void;
  /** A second has passed. */
  tick(): void;
}

/** A bell, a button, or both, on MQTT. */
export function createDevice(parts: Parts): Device {
  let base = '';
  let names = '';
  let pattern = '';
  let ttl = 0;
  let muted = 0;
  let askQos = 0;
  let statsEvery = 0;
  let led = 0;
  let keepAlive = 0;
  let clean: 0 | 1 = 0;
  const guard: Guard = { stroke: 0, heat: 0, span: 0, rest: 0, mode: 0 };
  const recent = createRecent();

  let hasNetwork = 0;
  let error = '';
  let code = NO_NETWORK;
  // Seconds until the next attempt to connect; attempts that came to nothing; seconds since the session came or went.
  let delay = 1;
  let failures = 0;
  let lasted = 0;
  let uptime = 0;
  // SUBSCRIBE packets that the broker has not granted.
  let unheard = 1;
  // What is still to be said: INFO, or STATUS and INFO.
  let news = 0;
  let online: 0 | 1 = 0;
  // Age of what waited in the session, s, and how much longer such messages are expected.
  let waited = 0;
  let backlog = 0;
  let backlogLeft = 0;
  const patches: string[] = [];
  let proven = 0;
  // Seconds since there was a session.
  let alone = 0;
  const counts: { [outcome: string]: number } = {};

  const say = (verb: string, payload: unknown, qos: number, retain: number) =>
    session.publish(base + verb, typeof payload === 'string' ? payload : JSON.stringify(payload), qos, retain);

  const count = (what: string) => {
    counts[what] = (counts[what] || 0) + 1;
  };

  const report = (ring: Ring | 0, outcome: Outcome, ms: number, reason: string) => {
    count(outcome);
    const rang: { [key: string]: unknown } = { outcome, ms };
    if (ring && ring.id) rang.id = ring.id;
    if (reason) rang.reason = reason;
    if (say('rang', rang, 1, 0) < 0) count('unreported');
  };

  const ringer = createRinger(parts.relay, parts.clock, guard, (ring, outcome, ms) => report(ring, outcome, ms, ''));

  /** Takes what is asked for often from the settings into memory. */
  const configure = () => {
    const settings = parts.load();
    base = settings.prefix + '/' + settings.id + '/';
    names = ',' + namesOf(settings).join(',') + ',';
    pattern = settings.ring.pattern;
    ttl = settings.ring.ttl;
    muted = settings.muted ? 1 : 0;
    statsEvery = settings.statsS;
    led = settings.led ? 1 : 0;
    keepAlive = settings.mqtt.keepAlive;
    clean = settings.mqtt.cleanSession ? 1 : 0;
    guard.stroke = Math.min(settings.guard.strokeMs, parts.maxStroke);
    guard.heat = settings.guard.heatMs;
    guard.span = settings.guard.windowS;
    guard.rest = settings.guard.lockoutMs;
    guard.mode = settings.ring.during === 'queue' ? QUEUE : settings.ring.during === 'restart' ? RESTART : REFUSE;
    return settings;
  };

  /** Says what is new. What the queue has no room for is said later. */
  const announce = () => {
    const limits = { strokeMs: guard.stroke, heatMs: guard.heat, windowS: guard.span, lockoutMs: guard.rest };
    if (news === STATUS && say('status', 'online', 1, 1) < 0) return;
    news = INFO;
    const info = infoOf(parts.facts(), parts.show(), namesOf(parts.load()), limits, error);
    if (say('info', info, 1, 1) >= 0) news = 0;
  };

  /**
   * The button: the bells of its list ring, this one without any network. When it belongs to a group of the list, the
   * ring comes back to it, and is known by its id.
   */
  const press = (settings: Settings) => {
    const rings = settings.button.rings;
    const now = parts.now();
    const ring: { [key: string]: unknown } = { id: settings.id + '-' + Math.floor(Math.random() * 1e9), ttl };
    if (settings.button.pattern) ring.pattern = settings.button.pattern;
    if (now) ring.at = now;
    const text = JSON.stringify(ring);
    const here = rings.filter((name) => names.lastIndexOf(',' + name + ',') >= 0);
    if (here.length || !rings.length) take(text, 0, 0, BY_HAND);
    if (!online) return;
    say('button', { event_type: 'ring' }, 1, 0);
    rings.forEach((name) => {
      // With no time in it, a copy that is sent again after an outage could not be told from a new ring.
      if (name !== settings.id) session.publish(settings.prefix + '/' + name + '/ring', text, now ? 1 : 0, 0);
    });
  };

  const subscribe = (settings: Settings, type: number) => {
    const filters = filtersOf(settings, askQos);
    while (filters.length) {
      if (type === SUBSCRIBE) unheard++;
      const some = filters.splice(0, 2 * MOST_FILTERS);
      session.request(type, type === SUBSCRIBE ? some : withoutQos(some), some.length / 2);
    }
  };

  const changed = (isOnline: 0 | 1, reason: string, present: 0 | 1, age: number) => {
    lasted = 0;
    online = isOnline;
    if (!online) {
      // The server of a stored session may know nothing of what it has not acknowledged.
      if (reason === 'no SUBACK' && askQos) askQos--;
      const refused = isRefusal(reason);
      error = reason;
      code = refused ? REFUSED : NO_BROKER;
      delay = secondsToWait(failures++, refused, Math.random());
      return;
    }
    code = WELL;
    // Only a stored session can have kept messages.
    waited = present ? age : 0;
    backlog = present ? BACKLOG_REST : 0;
    backlogLeft = BACKLOG_MOST;
    if (!present || unheard) {
      unheard = 0;
      subscribe(parts.load(), SUBSCRIBE);
    }
    news = STATUS;
  };

  /** What `receive` does with a ring: gives an outcome, or '' when it is being played or was reported. */
  const take = (payload: string, retain: number, dup: number, id: number): void => {
    const asked = parseRing(payload, pattern, (name) => patternNamed(parts.load(), name), guard.stroke);
    if (retain) report(0, 'retained', 0, '');
    else if (asked === STOP) ringer.stop();
    else if (typeof asked === 'string') report(0, 'invalid', 0, asked);
    else {
      const known = recent(parts.crc(asked.id || id + ' ' + payload));
      let outcome: Outcome | '' = '';
      // Without an id of its own, a ring is only known to be a copy when the server says that it is one.
      if (known && (asked.id || dup)) outcome = 'duplicate';
      else if (isStale(asked, backlog && id !== BY_HAND ? waited : 0, parts.now(), ttl)) outcome = 'stale';
      else if (muted) outcome = 'muted';
      else outcome = ringer.ring(asked);
      if (outcome) report(asked, outcome, 0, '');
    }
  };

  const message = (topic: string, payload: string, _qos: number, retain: number, dup: number, id: number) => {
    if (backlog) backlog = BACKLOG_REST;
    const end = topic.lastIndexOf('/');
    const verb = topic.substr(end + 1);
    const name = topic.substr(0, end).substr(topic.substr(0, end).lastIndexOf('/') + 1);
    // A stored session may still have a subscription to a group that was left.
    if (names.lastIndexOf(',' + name + ',') < 0) return;
    if (verb === 'ring') take(payload, retain, dup, id);
    else if (retain) return;
    else if (verb === 'stop') ringer.stop();
    else if (verb === 'who') news = news || INFO;
    else if (verb === 'set') {
      if (patches.length < MOST_PATCHES) patches.push(payload);
      else count('skipped');
    }
  };

  /** Changes settings, once nothing sounds: no write to flash may delay the end of a stroke. */
  const apply = () => {
    const before = parts.load();
    error = parts.patch(patches.shift() as string);
    const after = configure();
    // What waits for its turn would sound in spite of it.
    if (muted) ringer.stop();
    if (namesOf(before).join() !== namesOf(after).join()) {
      if (online) {
        subscribe(before, UNSUBSCRIBE);
        subscribe(after, SUBSCRIBE);
      } else unheard = 1;
    }
    news = news || INFO;
  };

  /** What is decided once, at the start. */
  const begin = (settings: Settings) => {
    askQos = settings.mqtt.qos;
    if (!settings.mqtt.host) code = NO_SETTINGS;
  };
  begin(configure());

  const session: Session = createSession(
    {
      clean,
      dial: () => parts.dial(parts.load(), session.opened, session.received, session.closed),
      hello: () => helloOf(parts.load()),
      changed,
      message,
      settled: (type, _id, grants) => {
        if (type !== SUBACK || code === DEAF) return;
        if (grants.indexOf('\x80') < 0) {
          unheard--;
          return;
        }
        code = DEAF;
        error = 'the broker refuses a subscription';
        news = news || INFO;
      },
      skipped: () => count('skipped'),
    },
    keepAlive,
    parts.maxPacket,
    parts.maxQueue,
  );

  /** What is due now and then, and never while the bell sounds. */
  const chores = () => {
    if (!proven && (parts.trial ? online && lasted >= STABLE : uptime >= STARTED)) {
      proven = 1;
      parts.healthy();
    }
    if (patches.length) apply();
    if (!online) return;
    if (news) announce();
    if (statsEvery && uptime % statsEvery === 0) say('stats', statsOf(parts.figures(), uptime, counts), 0, 0);
    if (lasted === 1 || uptime % CLOCK_EVERY === 0) {
      const server = parts.load().time.server;
      if (server) parts.askTime(server);
    }
  };

  return {
    network: (up, text) => {
      hasNetwork = up;
      failures = 0;
      delay = 1;
      if (up) return;
      session.closed('network lost');
      error = text;
      if (code !== NO_SETTINGS) code = NO_NETWORK;
    },
    pressed: () => press(parts.load()),
    tick: () => {
      uptime++;
      lasted++;
      alone = online ? 0 : alone + 1;
      session.tick();
      ringer.tick();
      if (backlog && (!--backlog || !--backlogLeft)) backlog = 0;
      if (online && lasted === STABLE) failures = 0;
      // Neither a write to flash nor a connection, which stops the world on some chips, while the bell sounds.
      if (ringer.sounding()) return;
      if (alone >= HOPELESS && code !== NO_SETTINGS) parts.restart();
      if (hasNetwork && code !== NO_SETTINGS && delay && !--delay) session.open();
      if (news || patches.length || lasted === 1 || uptime % TEN === 0 || uptime % statsEvery === 0) chores();
      if (led && uptime % LED_EVERY === 0) parts.blink(code);
    },
  };
}
