import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { Aedes } from 'aedes';
import type { AedesOptions } from 'aedes';
import { boards } from '../../boards/index.ts';
import { makeBundle } from '../../scripts/lib/bundle.ts';
import { startInterpreter } from '../../scripts/lib/interpreter.ts';
import { addFile } from '../../scripts/lib/storage-file.ts';
import { createBoard, realTime, tcpNetwork } from '../../simulator/index.ts';
import { optional } from './optional.ts';

/** How long a line may take to come, ms. Only a test that fails waits for so long. */
const PATIENCE = 10_000;

/** A program that runs, and what it prints. */
export interface Running {
  readonly lines: string[];
  stop(): Promise<void>;
}

/** Something that runs a program with the built module beside it. */
export interface Bed {
  readonly name: string;
  readonly skip: string | false;
  run(program: string): Promise<Running>;
}

const module = makeBundle(boards[0]!, 'module');

/** Content of a Storage with the module as it is built, and a program that starts by itself. */
async function storageOf(program: string): Promise<Uint8Array> {
  return addFile(addFile(new Uint8Array(), 'MQTT', await module), '.bootcde', program);
}

const simulated: Bed = {
  name: 'simulated board',
  skip: false,
  run: async (program) => {
    const lines: string[] = [];
    const board = createBoard({
      chip: 'linux',
      storage: await storageOf(program),
      time: realTime(),
      network: tcpNetwork(),
      onConsole: (line) => lines.push(line),
    });
    board.plug();
    return { lines, stop: async () => board.unplug() };
  },
};

const espruino = optional('espruino');

const real: Bed = {
  name: 'interpreter',
  skip: espruino.skip,
  run: async (program) => {
    const lines: string[] = [];
    const running = startInterpreter({
      bin: espruino.path!,
      storage: await storageOf(program),
      onLine: (line) => lines.push(line),
    });
    return { lines, stop: () => running.stop() };
  },
};

/** Where each test of the module runs. */
export const beds: readonly Bed[] = [simulated, real];

/** Aedes on loopback. It knows the user `bell` with the password `ring`, and grants nothing below `forbidden/`. */
export class ModuleBroker {
  readonly aedes: Aedes;
  readonly port: number;

  private constructor(aedes: Aedes, private readonly server: ReturnType<typeof createServer>,
    private readonly sockets: Set<Socket>) {
    this.aedes = aedes;
    this.port = (server.address() as AddressInfo).port;
  }

  static async start(options: AedesOptions = {}): Promise<ModuleBroker> {
    const sockets = new Set<Socket>();
    const aedes = await Aedes.createBroker({
      authenticate: (_client, name, password, done) => {
        const known = name === undefined || (name === 'bell' && password?.toString() === 'ring');
        done(known ? null : Object.assign(new Error('unknown'), { returnCode: 4 }), known);
      },
      authorizeSubscribe: (_client, subscription, done) => {
        done(null, subscription.topic.startsWith('forbidden/') ? null : subscription);
      },
      ...options,
    });
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      aedes.handle(socket);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ModuleBroker(aedes, server, sockets);
  }

  /** How many connections are open now. */
  get connections(): number {
    return this.sockets.size;
  }

  /** What clients publish, one line each: `topic=payload qos1 retain`. */
  published(): string[] {
    const lines: string[] = [];
    this.aedes.on('publish', ({ topic, payload, qos, retain }, client) => {
      if (client || topic.startsWith('will')) lines.push(`${topic}=${payload} qos${qos}${retain ? ' retain' : ''}`);
    });
    return lines;
  }

  /** Cuts every connection without a word of MQTT. */
  cut(): void {
    this.sockets.forEach((socket) => socket.destroy());
  }

  /** Publishes to whoever has subscribed, with the QoS that was granted. */
  publish(topic: string, payload: string, qos: 0 | 1 | 2 = 0, retain = false): Promise<void> {
    const packet = { cmd: 'publish' as const, topic, payload: Buffer.from(payload), qos, retain, dup: false };
    return new Promise((resolve) => this.aedes.publish(packet, () => resolve()));
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.aedes.close(() => resolve()));
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** One program on one bed, with a broker. */
export class ModuleBench {
  private seen = 0;

  private constructor(readonly broker: ModuleBroker, readonly running: Running) {}

  /**
   * Runs `program` behind a few lines that make its life easy: `client(options)` makes a client of the broker with the
   * identifier `bell` that prints its events, and `say(…)` prints a line. All of it ends with the test.
   */
  static async run(t: TestContext, bed: Bed, program: string, options: AedesOptions = {}): Promise<ModuleBench> {
    const broker = await ModuleBroker.start(options);
    t.after(() => broker.stop());
    const running = await bed.run((PROLOGUE + program).replaceAll('PORT', String(broker.port)));
    t.after(() => running.stop());
    return new ModuleBench(broker, running);
  }

  /** The next line that satisfies `pattern`; the ones before it are passed over. */
  async line(pattern: string | RegExp): Promise<string> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      for (; this.seen < this.running.lines.length; this.seen++) {
        const line = this.running.lines[this.seen]!;
        if (typeof pattern === 'string' ? line === pattern : pattern.test(line)) {
          this.seen++;
          return line;
        }
      }
      assert.ok(Date.now() < end, `"${pattern}" did not come:\n${this.running.lines.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Waits until `condition` is true. */
  async until(condition: () => boolean): Promise<void> {
    const end = Date.now() + PATIENCE;
    while (!condition()) {
      assert.ok(Date.now() < end, `it did not come true:\n${this.running.lines.join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Waits until all of these lines have come, in any order. */
  async all(...wanted: string[]): Promise<void> {
    await this.until(() => wanted.every((line) => this.running.lines.includes(line)));
  }
}

const PROLOGUE = `
var MQTT = require('MQTT');
function say(a, b) { console.log(a + (b === undefined ? '' : ' ' + b)); }
function client(options) {
  options = options || {};
  options.port = PORT;
  options.client_id = options.client_id || 'bell';
  var mqtt = MQTT.create('127.0.0.1', options);
  ['connected', 'connect', 'disconnected', 'close', 'error', 'subscribed', 'subscribed_fail', 'unsubscribed',
   'puback', 'pubcomp', 'ping_reply'].forEach(function(event) {
    mqtt.on(event, function(about) {
      say(event, event.substr(0, 10) === 'subscribed' ? JSON.stringify(about) : about);
    });
  });
  mqtt.on('message', function(topic, message) { say('message', topic + '=' + message); });
  return mqtt;
}
`;
