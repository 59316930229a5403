import type { Board } from './board.ts';
import { hide } from './context.ts';
import type { Interpreter } from './interpreter.ts';

const VERSION = '2v29';

/** process and the chip's own class. */
export function installProcess(interpreter: Interpreter, board: Board): void {
  const { chip } = board;
  const serial = board.mac.replaceAll(':', '');
  hide(interpreter.global, 'process', interpreter.object({
    version: VERSION,
    memory: () => memory(interpreter, board),
    on: (event: string, listener: unknown) => {
      if (event === 'uncaughtException') watchErrors(interpreter, listener);
    },
    env: interpreter.object({
      VERSION, GIT_COMMIT: 'simulated', BOARD: chip.board, CONSOLE: 'Serial1', MODULES: chip.modules,
      SERIAL: serial, EXPTR: 0, RAM: chip.variables * chip.variableBytes,
    }),
  }));
  if (chip.name === 'esp8266') hide(interpreter.global, 'ESP8266', esp8266(interpreter, board));
  if (chip.family === 'esp32') {
    hide(interpreter.global, 'ESP32', esp32(interpreter, board));
    hide(interpreter.global, 'NRF', bluetooth(interpreter, board));
  }
}

/** No measure of what is in use: plenty, or next to nothing while memory is to be low. */
function memory(interpreter: Interpreter, { chip, lowMemory }: Board): object {
  const free = Math.floor(chip.variables * (lowMemory ? 0.02 : 0.6));
  return interpreter.object({
    free, usage: chip.variables - free, total: chip.variables, history: 0, gc: 0, gctime: 0,
    blocksize: chip.variableBytes, rx: interpreter.object(), tx: interpreter.object(),
  });
}

function watchErrors(interpreter: Interpreter, listener: unknown): void {
  interpreter.onUncaught = (error) => {
    interpreter.queue(listener, undefined, [error]);
    return true;
  };
}

function bluetooth(interpreter: Interpreter, board: Board): object {
  return interpreter.object({
    setServices: (_services: unknown, options?: { uart?: boolean }) => {
      if (options?.uart === false) board.bluetoothConsole = false;
    },
    setAdvertising: () => undefined,
    sleep: () => { board.bluetoothConsole = false; },
    disconnect: () => undefined,
  });
}

function esp8266(interpreter: Interpreter, board: Board): object {
  return interpreter.object({
    reboot: () => board.restart('restart'),
    getResetInfo: () => interpreter.object({
      reason: board.resetReason, exccause: 0, epc1: 0, epc2: 0, epc3: 0, excvaddr: 0, depc: 0,
    }),
    getState: () => interpreter.object({
      sdkVersion: '2.2.1', cpuFrequency: 160, freeHeap: 12000, maxCon: 10, flashMap: '4MB:512/512', flashKB: 4096,
      flashChip: '0xEF 0x4016',
    }),
    getFreeFlash: () => interpreter.array([]),
    setCPUFreq: () => undefined,
    setLog: () => undefined,
    printLog: () => undefined,
    readLog: () => '',
    dumpSocketInfo: () => undefined,
    logDebug: () => undefined,
    deepSleep: () => { board.unplug(); },
  });
}

function esp32(interpreter: Interpreter, board: Board): object {
  return interpreter.object({
    reboot: () => board.restart('restart'),
    getState: () => interpreter.object({ sdkVersion: 'v3.3', freeHeap: 60000, minHeap: 40000, BLE: true, Wifi: true }),
    setAtten: () => undefined,
    setOTAValid: () => undefined,
    enableWifi: () => undefined,
    enableBLE: (on: boolean) => {
      if (on) return;
      for (const name of ['.bootcde', '.bootrst']) board.storage.erase(name);
      board.restart('restart');
    },
  });
}
