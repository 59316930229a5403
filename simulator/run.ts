import type { Board } from './board.ts';
import { installClock } from './clock.ts';
import { installConsole } from './console-api.ts';
import { fasten, hide } from './context.ts';
import { cryptoApi } from './crypto-api.ts';
import { datagramApi } from './datagram-api.ts';
import { installE } from './espruino-api.ts';
import type { Machine } from './espruino-api.ts';
import { Events } from './events.ts';
import { flashApi } from './flash-api.ts';
import { Halt, Interpreter } from './interpreter.ts';
import { installJson } from './json-api.ts';
import type { Json } from './json-api.ts';
import { Modules } from './modules.ts';
import type { BuiltIn } from './modules.ts';
import { Net } from './net-api.ts';
import type { Reachability } from './net-api.ts';
import { PinApi } from './pins-api.ts';
import { installProcess } from './process-api.ts';
import { createPromise } from './promise.ts';
import { Random } from './random.ts';
import { readText, storageApi } from './storage-api.ts';
import { Timers } from './timers.ts';
import { Watchdog } from './watchdog.ts';
import { Watches } from './watches.ts';
import { Wifi } from './wifi-api.ts';

/** One run of the interpreter on a board: its globals and modules, and the order in which boot code is run. */
export class Run {
  readonly interpreter: Interpreter;
  readonly timers: Timers;
  readonly net: Net;
  private readonly events: Events;
  private readonly json: Json;
  private readonly e: Record<string, unknown>;
  private readonly watchdog: Watchdog;

  constructor(private readonly board: Board) {
    const { chip, time, pins, storage } = board;
    const interpreter = new Interpreter({
      time,
      print: (line) => { board.print(line); },
      stuck: () => { this.watchdog.stuck(); },
    });
    this.interpreter = interpreter;
    this.events = new Events(interpreter);
    this.timers = new Timers(interpreter);
    this.watchdog = new Watchdog(board, interpreter);
    installConsole(interpreter);
    this.json = installJson(interpreter);
    installClock(interpreter, board.clock, this.timers, chip);
    const api = new PinApi(interpreter, chip, pins, time);
    new Watches(interpreter, pins, api, () => board.clock.now() / 1000, chip);
    installProcess(interpreter, board);
    this.e = installE(interpreter, this.events, storage, new Random(), this.machine());
    hide(interpreter.global, 'Promise', createPromise(interpreter));
    const { radio } = board;
    const reach = {
      get online() { return radio.online; }, get hosting() { return radio.accessPoint !== undefined; }, enabled: true,
    };
    const freeze = (ms: number): void => { this.watchdog.busy(ms); };
    this.net = new Net(interpreter, this.events, chip, board.network, board, reach, freeze);
    new Modules(interpreter, storage, this.builtIn(reach));
    this.installRestarts();
    fasten(interpreter.global);
  }

  /** Runs what Storage holds, in Espruino's order; an exception ends only its own stage. */
  boot(mode: 'boot' | 'load' | 'reset', file?: string): void {
    const { storage } = this.board;
    const run = (name: string): boolean => {
      const code = this.interpreter.alive ? readText(storage, name) : undefined;
      if (code !== undefined) this.interpreter.evaluate(code, name);
      return code !== undefined;
    };
    if (file !== undefined) run(file);
    else {
      if (mode === 'boot') run('.bootPowerOn');
      for (const name of ['.boot0', '.boot1', '.boot2', '.boot3']) run(name);
      if (!run('.bootrst') && mode !== 'reset') run('.bootcde');
    }
    this.events.emitNow(this.e, 'init', []);
    this.interpreter.call(this.interpreter.global['onInit'], undefined, []);
  }

  /** The orderly end before `load()`: 'kill', and connections that end. */
  leave(): void {
    this.events.emitNow(this.e, 'kill', []);
    this.net.endAll();
  }

  stop(): void {
    this.interpreter.stop();
  }

  private machine(): Machine {
    const { board } = this;
    return {
      serial: board.mac.replaceAll(':', ''),
      reboot: () => {
        this.events.emitNow(this.e, 'kill', []);
        return board.restart('restart');
      },
      enableWatchdog: (seconds, automatic) => { this.watchdog.enable(seconds, automatic); },
      kickWatchdog: () => { this.watchdog.kick(); },
      takeErrorFlags: () => (board.lowMemory ? ['LOW_MEMORY'] : []),
    };
  }

  private builtIn(reach: Reachability): BuiltIn {
    const { board, interpreter, events, json } = this;
    const { chip, storage, network } = board;
    const wifi = new Wifi(interpreter, events, chip, board.radio, board.mac, (ofGuests) => {
      this.net.vanish(ofGuests);
    }, (name, found) => { network.lookUp(board, name, found); });
    const all: BuiltIn = {
      Storage: () => storageApi(interpreter, storage, json),
      Flash: () => flashApi(interpreter, storage, chip),
      crypto: () => cryptoApi(interpreter, chip),
      net: () => this.net.api,
      tls: () => this.net.api,
      dgram: () => datagramApi({ interpreter, events, chip, network, dialer: board, reach, sockets: this.net }),
      Wifi: () => wifi.api,
      TelnetServer: () => interpreter.object({
        setOptions: (options?: { mode?: string }) => { board.telnet = options?.mode !== 'off'; },
      }),
    };
    const names = chip.modules.split(',');
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  }

  private installRestarts(): void {
    const { board, interpreter } = this;
    const { global } = interpreter;
    hide(global, 'load', interpreter.native((file?: string) => {
      board.startOver('load', file);
      throw new Halt();
    }));
    hide(global, 'reset', interpreter.native(() => {
      board.startOver('reset');
      throw new Halt();
    }));
  }
}
