/**
 * The client by itself, as a module that takes the place of Espruino's own `MQTT` (docs/mqtt-client.md has the
 * differences). Bundled to `dist/MQTT.js`: `require('MQTT').create(server, options)`.
 */
import type { Link } from './core/contracts.ts';
import { secondsToWait } from './core/mqtt/backoff.ts';
import {
  encodeConnect, int16, PINGRESP, PUBACK, PUBCOMP, SUBACK, SUBSCRIBE, UNSUBACK, UNSUBSCRIBE,
} from './core/mqtt/packet.ts';
import type { Qos } from './core/mqtt/packet.ts';
import { isRefusal } from './core/mqtt/refusal.ts';
import { CLOSED, createSession, ONLINE } from './core/mqtt/session.ts';
import { isTopicName, isTopicFilter } from './core/mqtt/topic.ts';

/** All optional. Strings are bytes: UTF-8 already encoded. */
export interface Options {
  /** For `connect(options)`: the broker. */
  host?: string;
  /** Default 1883. */
  port?: number;
  /** Default: made from the chip's serial number. */
  client_id?: string;
  /** Seconds within which the broker hears from us. Default 60; 0 switches it off. */
  keep_alive?: number;
  /** Default true. False keeps subscriptions and messages at the broker. */
  clean_session?: boolean;
  username?: string;
  password?: string;
  /** What the broker publishes when this client is lost. */
  will?: { topic: string; message: string; qos?: number; retain?: boolean };
  /** Connect again by itself when the connection is lost. Default false. */
  reconnect?: boolean;
  /** Largest packet that is kept, and most bytes of messages that wait, bytes. Default 1024 and 2048. */
  max_packet?: number;
  max_queue?: number;
}

/** What a message is sent or a filter is asked for with. */
interface MessageOptions {
  qos?: number;
  retain?: boolean;
}

/** Every Espruino object is an emitter. */
interface Emitter {
  on(event: string, listener: (a?: unknown, b?: unknown) => void): void;
  emit(event: string, a?: unknown, b?: unknown): void;
}

/** A client. Events: docs/mqtt-client.md. */
export interface Client extends Emitter {
  /** Whether the broker has accepted us. */
  connected: boolean;
  /** The name under which the broker knows us. */
  client_id: string;
  /**
   * Connects, by a link of the caller's that is open already, or by TCP. Does nothing while there is a connection or
   * one is being made.
   */
  connect(link?: Link & Emitter): void;
  /** Says goodbye; no reconnection. */
  disconnect(): void;
  /**
   * Gives the packet identifier, 0 for QoS 0, -1 when the message cannot be taken. Throws on a topic or QoS that is
   * none.
   */
  publish(topic: string, message: unknown, options?: MessageOptions): number;
  /** A filter, several, or a map from filter to QoS. Throws on a filter or QoS that is none. */
  subscribe(filters: string | string[] | { [filter: string]: number }, options?: MessageOptions): void;
  unsubscribe(filters: string | string[]): void;
  /** Asks the broker for a sign of life, besides those that are asked for by themselves. */
  ping(): void;
}

function checkTopic(topic: string): void {
  if (!isTopicName(topic)) throw new Error('Not a topic name: ' + topic);
}

/** A QoS as a number, 0 when nothing is said. */
function qosOf(qos: unknown): Qos {
  if (!qos) return 0;
  if (qos !== 1 && qos !== 2) throw new Error('Not a QoS: ' + qos);
  return qos;
}

/**
 * Makes a client of the broker at `server`; nothing is sent before `connect`. With nothing but options, as `connect` is
 * called, it is of `options.host`, and connects. One function for both: each one that a module exports would hold the
 * scope of the module.
 */
export function create(server: string | Options, options?: Options): Client {
  const atOnce = typeof server === 'object';
  const want: Options = (atOnce ? server as Options : options) || {};
  const will = want.will;
  const clean = want.clean_session === false ? 0 : 1;
  const keepAlive = want.keep_alive === undefined ? 60 : want.keep_alive;
  const client = {
    connected: false,
    client_id: want.client_id || 'espruino-' + E.CRC32(getSerial() + getTime()).toString(16),
  } as Client;
  let given: (Link & Emitter) | undefined;
  let timer = 0;
  let failures = 0;
  // Seconds until the next attempt, or 0 when none is to come; seconds since the session came.
  let delay = 0;
  let lasted = 0;
  let wanted = 0;

  const session = createSession(
    {
      clean: clean as 0 | 1,
      dial: () => {
        if (given) {
          given.on('data', (bytes) => session.received(bytes as string));
          given.on('end', () => session.closed('connection lost'));
          given.on('close', () => session.closed('connection lost'));
          return given;
        }
        const host = atOnce ? want.host || '' : server as string;
        const socket = require('net').connect({ host, port: want.port || 1883 }, session.opened);
        socket.on('data', session.received);
        socket.on('close', session.closed);
        socket.on('error', session.closed);
        return socket;
      },
      now: getTime,
      hello: () =>
        encodeConnect({
          clientId: client.client_id,
          clean: clean as 0 | 1,
          keepAlive,
          will: will && {
            topic: will.topic,
            payload: '' + will.message,
            qos: qosOf(will.qos),
            retain: will.retain ? 1 : 0,
          },
          username: want.username,
          password: want.password,
        }),
      changed: (online, reason, present) => {
        client.connected = !!online;
        lasted = 0;
        if (online) {
          delay = 0;
          client.emit('connected', !!present);
          client.emit('connect', !!present);
          return;
        }
        const refused = isRefusal(reason);
        if (refused || reason === 'unacceptable protocol version' || reason === 'server unavailable') {
          client.emit('error', 'Connection refused, ' + reason.toUpperCase().replace(/ /g, '_'));
        } else if (reason !== 'disconnected') client.emit('error', reason);
        if (wanted && want.reconnect && !given) delay = secondsToWait(failures++, refused, Math.random());
        client.emit('disconnected', reason);
        client.emit('close', reason);
      },
      message: (topic, message, qos, retain, dup, id) => {
        client.emit('publish', { topic, message, dup, qos, pid: qos ? int16(id) : 0, retain });
        client.emit('message', topic, message);
      },
      settled: (type, id, grants) => {
        if (type === PUBACK) client.emit('puback', id);
        if (type === PUBCOMP) client.emit('pubcomp', id);
        if (type === UNSUBACK) client.emit('unsubscribed');
        if (type === PINGRESP) client.emit('ping_reply');
        if (type === SUBACK) client.emit(grants.indexOf('\x80') < 0 ? 'subscribed' : 'subscribed_fail', grants);
        if (!type) client.emit('error', 'not acknowledged: ' + id);
      },
      skipped: () => client.emit('error', 'a message over the limit was skipped'),
    },
    keepAlive,
    want.max_packet || 1024,
    want.max_queue || 2048,
  );

  if (will) {
    checkTopic(will.topic);
    qosOf(will.qos);
  }

  const second = () => {
    timer = 0;
    session.tick();
    if (session.state() === ONLINE && ++lasted === 30) failures = 0;
    if (delay && !--delay) session.open();
    if (session.state() !== CLOSED || delay) timer = setTimeout(second, 1000);
  };

  /** Sends a request for a filter, several, or each of a map with its QoS. */
  const ask = (type: number, filters: string | string[] | { [filter: string]: number }, how?: MessageOptions) => {
    const asked: (string | number)[] = [];
    const add = (filter: string, qos: Qos) => {
      if (!isTopicFilter(filter)) throw new Error('Not a topic filter: ' + filter);
      asked.push(filter, qos);
    };
    const qos = qosOf(how && how.qos);
    if (typeof filters === 'string') add(filters, qos);
    else if (Array.isArray(filters)) filters.forEach((filter) => add(filter, qos));
    else Object.keys(filters).forEach((filter) => add(filter, qosOf(filters[filter])));
    if (asked.length) session.request(type, asked, asked.length / 2);
  };

  client.connect = (own) => {
    if (session.state() !== CLOSED) return;
    given = own;
    wanted = 1;
    delay = 0;
    if (!timer) timer = setTimeout(second, 1000);
    session.open();
    if (own) session.opened();
  };
  client.disconnect = () => {
    wanted = delay = 0;
    session.end();
  };
  client.publish = (topic, message, how) => {
    checkTopic(topic);
    return session.publish(topic, '' + message, qosOf(how && how.qos), how && how.retain ? 1 : 0);
  };
  client.subscribe = (filters, how) => ask(SUBSCRIBE, filters, how);
  client.unsubscribe = (filters) => ask(UNSUBSCRIBE, filters);
  client.ping = session.ping;
  if (atOnce) client.connect();
  return client;
}

export { create as connect };
