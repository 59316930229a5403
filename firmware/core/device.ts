import { createAttempts } from './attempts.ts';
import { createBacklog } from './backlog.ts';
import { createBell } from './bell/bell.ts';
import { BY_HAND } from './bell/late.ts';
import type { Outcome } from './bell/outcome.ts';
import type { Ring } from './bell/ring.ts';
import { ringByHand } from './button.ts';
import type { Settings } from './config.ts';
import { counted, noCounts, statsOf } from './counts.ts';
import type { Counted } from './counts.ts';
import { helloOf } from './hello.ts';
import { infoOf } from './info.ts';
import { DEAF, LED_EVERY, NO_BROKER, NO_NETWORK, NO_SETTINGS, REFUSED, WELL } from './led.ts';
import type { Session } from './mqtt/owner.ts';
import { SUBACK, SUBSCRIBE, UNSUBSCRIBE } from './mqtt/packet.ts';
import { isRefusal } from './mqtt/refusal.ts';
import { createSession } from './mqtt/session.ts';
import { createOrders } from './orders.ts';
import type { Device, Parts } from './parts.ts';
import { createSubscriptions } from './subscriptions.ts';
import { namesOf } from './topics.ts';
import { createUpdater } from './update/updater.ts';

/** Seconds online after which earlier failures are forgotten, and an image on trial has proved itself. */
const STABLE = 30;

/** Seconds after which an image that is not on trial counts as started, with or without a network. */
const STARTED = 60;

/** Seconds from one look at the time server to the next: no crystal here is off by a second in an hour. */
const CLOCK_EVERY = 3600;

/** The same while the clock is not set and `ring.needsAt` refuses every ring. */
const CLOCK_SOON = 60;

/** Seconds until a broker that refuses a subscription is asked again: it may have been told better. */
const ASK_AGAIN = 300;

/** Seconds from one look at what has no hurry to the next. */
const TEN = 10;

/** How many changes of the settings may wait for silence. */
const MOST_PATCHES = 3;

/** What is still to be said. */
const INFO = 1;
const STATUS = 2;

/** A bell, a button, or both, on MQTT. */
export function createDevice(parts: Parts): Device {
  let base = '';
  let names = '';
  let statsEvery = 0;
  let led = 0;
  let online: 0 | 1 = 0;
  let error = parts.complaint;
  let code = NO_NETWORK;
  // Seconds since the start, and since the session came or went, of which only the first matter.
  let uptime = 0;
  let lasted = 0;
  // What is still to be said: INFO, or STATUS and INFO.
  let news = 0;
  let proven = 0;
  const patches: string[] = [];
  let counts = noCounts();

  const count = (what: Counted) => {
    counts = counted(counts, what);
  };

  const say = (verb: string, payload: unknown, qos: number, retain: number) =>
    session.publish(base + verb, typeof payload === 'string' ? payload : JSON.stringify(payload), qos, retain);

  const report = (ring: Ring, outcome: Outcome, ms: number, reason?: string) => {
    count(outcome);
    const rang: { [key: string]: unknown } = { outcome, ms };
    if (ring.id) rang.id = ring.id;
    if (reason) rang.reason = reason;
    if (say('rang', rang, 1, 0) < 0) count('unreported');
  };

  /** Goes on with an empty call stack: that of an ESP8266 is small, and nothing there guards it. */
  const later = (callback: () => void) => {
    parts.clock.after(callback, 0);
  };

  const bell = createBell(parts, report);
  const backlog = createBacklog();
  const attempts = createAttempts(parts.load);

  /** Takes what is asked for often from the settings into memory. */
  const configure = () => {
    const id = parts.load('id');
    base = parts.load('prefix') + '/' + id + '/';
    names = ',' + namesOf(id, parts.load('groups')).join(',') + ',';
    statsEvery = parts.load('statsS');
    led = parts.load('led') ? 1 : 0;
    bell.configure(parts.load('ring'), parts.load('guard'), parts.load('muted'));
  };

  /** The names of a list such as `names`. */
  const split = (list: string) => list.substr(1, list.length - 2).split(',');

  /** Asks the broker for everything that goes to one of these names, or to give it up. */
  const ask = (list: string[], type: number) => subscriptions.ask(parts.load('prefix'), list, type);

  const isOurs = (name: string) => names.lastIndexOf(',' + name + ',') >= 0;

  /** Says what is new. What the queue has no room for is said later. */
  const announce = () => {
    if (news === STATUS && say('status', 'online', 1, 1) < 0) return;
    news = INFO;
    const info = infoOf(parts.facts(), parts.show, split(names), bell.limits(), error, parts.maxPacket);
    if (say('info', info, 1, 1) >= 0) news = 0;
  };

  /**
   * The button: the bells of its list ring, this one without any network. When it belongs to a group of the list, the
   * ring comes back to it, and is known by its id.
   */
  const press = () => {
    const button = parts.load('button');
    const rings = button.rings;
    const own = parts.load('id');
    const now = parts.now();
    const text = JSON.stringify(ringByHand(own, button.pattern, parts.load('ring').ttl, now, Math.random()));
    if (!rings.length || rings.some(isOurs)) bell.take(text, 0, 0, BY_HAND, uptime);
    if (!online) return;
    say('button', { event_type: 'ring' }, 1, 0);
    const prefix = parts.load('prefix');
    rings.forEach((name) => {
      // What waited for an acknowledgement would go out again after an outage of any length.
      if (name !== own) session.publish(prefix + '/' + name + '/ring', text, 0, 0);
    });
  };

  const changed = (isOnline: 0 | 1, reason: string, present: 0 | 1, age: number) => {
    lasted = 0;
    if (online) count('reconnects');
    online = isOnline;
    if (!online) {
      if (reason === 'no SUBACK') subscriptions.unanswered();
      error = reason;
      code = isRefusal(reason) ? REFUSED : NO_BROKER;
      return attempts.failed(code === REFUSED, age);
    }
    code = WELL;
    news = STATUS;
    updater.online();
    // Only a stored session can have kept messages.
    backlog.begin(present ? age : 0);
    if (subscriptions.missing() || !present) later(() => ask(split(names), SUBSCRIBE));
  };

  const skipped = () => count('skipped');

  /** Does what a message asks for. */
  const obey = (verb: string, payload: string, retain: number, dup: number, waited: number) => {
    if (verb === 'ring') bell.take(payload, retain, dup, waited, uptime);
    if (retain) return;
    if (verb === 'stop') bell.stop();
    if (verb === 'who') news = news || INFO;
    if (verb !== 'set') return;
    if (patches.length < MOST_PATCHES) patches.push(payload);
    else skipped();
  };

  const order = createOrders(later, obey, skipped, parts.maxPacket / 2);

  const message = (topic: string, payload: string, qos: number, retain: number, dup: number) => {
    backlog.heard();
    const end = topic.lastIndexOf('/');
    const verb = topic.substr(end + 1);
    const path = topic.substr(0, end);
    // It may be part of an image, or a stored session still has a subscription to a group that was left.
    if (!isOurs(path.substr(path.lastIndexOf('/') + 1))) return updater.hear(payload);
    if (verb === 'update') return updater.offer(payload);
    // With QoS 2 a second copy never comes this far: what is sent again was not handed over before.
    order(verb, payload, retain, qos === 1 ? dup : 0, backlog.age());
  };

  /** Changes settings, once nothing sounds: no write to flash may delay the end of a stroke. */
  const apply = () => {
    const before = names;
    error = parts.patch(patches.shift() as string);
    configure();
    news = news || INFO;
    if (before === names) return;
    if (!online) return subscriptions.changed();
    // Only what was left: Aedes works on packets that come together side by side, and would forget the rest as well.
    ask(split(before).filter((name) => !isOurs(name)), UNSUBSCRIBE);
    ask(split(names), SUBSCRIBE);
  };

  const settled = (type: number, id: number, grants: string) => {
    if (type !== SUBACK || updater.asked(id) || code === DEAF) return;
    const refused = subscriptions.refused(id, grants, parts.load('prefix'), split(names));
    if (!refused) return;
    code = DEAF;
    error = 'the broker refuses ' + refused;
    news = news || INFO;
  };

  // Numbers and not the settings: what is a constant here stays in memory.
  let keepAlive = 0;
  let clean: 0 | 1 = 0;
  let qos = 0;
  const begin = (mqtt: Settings['mqtt']) => {
    attempts.broker(mqtt.host ? 1 : 0);
    keepAlive = mqtt.keepAlive;
    clean = mqtt.cleanSession ? 1 : 0;
    qos = mqtt.qos;
  };
  begin(parts.load('mqtt'));
  configure();

  const session: Session = createSession(
    {
      clean,
      dial: () => parts.dial(parts.load('mqtt'), session.opened, session.received, session.closed),
      now: parts.seconds,
      hello: () => helloOf(parts.load('mqtt'), parts.load('id'), base),
      changed,
      message,
      settled,
      skipped,
    },
    keepAlive,
    parts.maxPacket,
    parts.maxQueue,
  );
  const subscriptions = createSubscriptions(qos, session.request);
  const updater = createUpdater(parts, later, bell.sounding, say, session.request);

  /** What is due now and then, and never while the bell sounds. */
  const chores = () => {
    if (bell.sounding()) return;
    parts.forget();
    if (!proven && (parts.trial ? online && lasted >= STABLE : uptime >= STARTED)) {
      proven = 1;
      parts.healthy();
      updater.prove();
    }
    if (patches.length) apply();
    if (!online) return;
    // Before the info, which takes memory until it is acknowledged.
    if (statsEvery && uptime % statsEvery === 0) say('stats', statsOf(parts.figures(), uptime, counts), 0, 0);
    if (code === DEAF && uptime % ASK_AGAIN === 0) {
      code = WELL;
      ask(split(names), SUBSCRIBE);
    }
    if (news) announce();
    const isDeaf = uptime % CLOCK_SOON === 0 && !parts.now() && parts.load('ring').needsAt;
    if (lasted === 1 || uptime % CLOCK_EVERY === 0 || isDeaf) {
      const server = parts.load('time').server;
      if (server) parts.askTime(server);
    }
  };

  return {
    network: (up, text) => {
      attempts.network(up);
      if (up) return;
      session.closed('network lost');
      error = text;
      code = NO_NETWORK;
    },
    pressed: press,
    sounding: bell.sounding,
    tick: () => {
      uptime++;
      if (lasted <= STABLE) lasted++;
      attempts.tick(online);
      session.tick();
      bell.tick();
      backlog.tick();
      if (online && lasted === STABLE) attempts.lasted();
      // Neither a write to flash nor a connection, which stops the world on some chips, while the bell sounds.
      if (bell.sounding()) return;
      if (parts.isBroken() || attempts.isHopeless()) parts.restart();
      updater.tick(online, bell.rests());
      if (attempts.isDue()) later(session.open);
      if (news || patches.length || lasted === 1 || uptime % TEN === 0 || uptime % statsEvery === 0) later(chores);
      if (led && uptime % LED_EVERY === 0) parts.blink(attempts.hasBroker() ? code : NO_SETTINGS);
    },
  };
}
