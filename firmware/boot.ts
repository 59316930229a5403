/**
 * The loader: what a chip runs first. It is never replaced over the air, so it is small and does one
 * thing: relay off, doors closed, then the image that is fit to run, or a sign that none is.
 *
 * - An image has some minutes to say `ok`; without it the chip restarts and the start counts as failed.
 * - After 3 failed starts in a row (6 where the chip does not tell a crash from a pulled plug) the
 *   other slot is started. On trial: 3 on every chip, and one when it stops with an error.
 * - When no slot is left, safe mode: the broker is told, and after `SAFE_S` seconds all begins anew.
 */
import { chooseSlot, confirm, forgive, giveUp } from './core/boot/choose.ts';
import { HEADER, imageFault, parseHeader, slotOffset } from './core/boot/image.ts';
import { readJournal, writeJournal } from './core/boot/journal.ts';
import type { Journal } from './core/boot/journal.ts';
import { createSafeMode } from './core/boot/safe-mode.ts';
import { THREW, lossText, unpackState } from './core/boot/state.ts';
import type { State } from './core/boot/state.ts';
import type { Store } from './core/contracts.ts';
import { encodeConnect, encodePublish } from './core/mqtt/packet.ts';
import { LED_EVERY, SAFE_MODE } from './core/led.ts';
import { createNetwork } from './core/network.ts';
import { closeDoors } from './hal/doors.ts';
import { blink } from './hal/lamp.ts';
import { relay } from './hal/relay.ts';
import { restart, restartReason } from './hal/restart.ts';
import { createStore } from './hal/store.ts';
import { storedSettings } from './hal/stored.ts';
import { dial } from './hal/tcp.ts';
import { joinWifi, listenWifi } from './hal/wifi.ts';

/** Time that an image on trial has to say `ok`, ms. */
const TRIAL_GUARD = 180_000;
/** The same at home: an ESP32 stands still while it connects, and counts a minute of life slowly without a broker. */
const HOME_GUARD = 600_000;
/** Time after which the watchdog of an ESP32 bites, s: connecting blocks for up to 40, looking up a name for 15. */
const WATCHDOG_S = 90;
/** Length of safe mode, s. Short where nobody knows a crash from a pulled plug: the image may be well. */
const SAFE_S = BOARD.chip === 'esp8266' ? 600 : 60;

/** The global that an image is started from. What is optional here is gone when it has said `ok`. */
interface Start {
  readonly slot: number;
  readonly trial: 0 | 1;
  readonly reason: string;
  code?: string;
  ok?: () => void;
  fail?: () => void;
}

/** What follows the image, whose last statement takes `boot` away: where it is left, the image has stopped before. */
const CHECK = 'global.boot&&boot.fail()';

/** `setTimeout` with what Espruino hands to the callback behind the time. */
const later = setTimeout as unknown as (callback: (code: string) => unknown, ms: number, code: string) => void;

/** What is to be started: slot -1 is safe mode. */
interface Choice {
  slot: number;
  trial: 0 | 1;
  /** Why the chip restarted, and which slot was left. */
  reason: string;
  /** The code of the image, as a string that points into flash. */
  code: string;
}

/** Adds to the reason of the restart which slot was left since `before`, and why. */
function afterLoss(reason: string, before: State, after: State): string {
  if (!after.loss || before.slot === after.slot && before.trial === after.trial) return reason;
  return reason + '; slot ' + 'ab'.charAt(1 - after.slot) + ' ' + lossText(after.loss);
}

function codeIn(store: Store, slot: number): string {
  const start = slotOffset(slot, BOARD.slotUnits);
  const image = parseHeader(store.read(start, HEADER));
  return image ? store.read(start + HEADER, image.size) : '';
}

function choose(store: Store, journal: Journal): Choice {
  const before = unpackState(journal.written);
  const a = imageFault(store, E.CRC32, 0, BOARD.slotUnits, BOARD.id);
  const b = imageFault(store, E.CRC32, 1, BOARD.slotUnits, BOARD.id);
  const reason = restartReason();
  const slot = chooseSlot(journal.state, (a ? 0 : 1) | (b ? 0 : 2), reason);
  if (slot < 0) {
    const why = reason + '; slot a ' + (a || 'failed') + ', slot b ' + (b || 'failed');
    return { slot, trial: 0, reason: why, code: '' };
  }
  return {
    slot, trial: journal.state.trial, reason: afterLoss(reason, before, journal.state), code: codeIn(store, slot),
  };
}

/** What can happen to the journal. */
const START = 0;
const HEALTHY = 1;
const FAILED = 2;
const ANEW = 3;

/**
 * Books an event in the journal; `START` also makes the choice. The one function of the loader that
 * a running image keeps in memory until it says `ok`: all that it needs is inside of it.
 */
function book(event: number): Choice | undefined {
  const store = createStore();
  const journal = readJournal(store, E.CRC32);
  let choice: Choice | undefined;
  if (event === START) choice = choose(store, journal);
  else if (event === HEALTHY) confirm(journal.state);
  else if (event === FAILED) giveUp(journal.state, THREW);
  else forgive(journal.state);
  writeJournal(store, E.CRC32, journal);
  return choice;
}

/** Arms the guard, then starts the image in a turn of its own: the stack is empty and the watchdog fed. */
function startImage(choice: Choice): void {
  // The function itself and no closure over it: it must run when not one variable is free.
  let guard = setTimeout(E.reboot, choice.trial ? TRIAL_GUARD : HOME_GUARD);
  if (BOARD.watchdog) E.enableWatchdog(WATCHDOG_S, true);
  const start: Start = {
    slot: choice.slot,
    trial: choice.trial,
    reason: choice.reason,
    code: choice.code,
    ok: () => {
      if (!guard) return;
      clearTimeout(guard);
      guard = 0;
      book(HEALTHY);
      // These two hold on to all of the loader.
      delete start.ok;
      delete start.fail;
      delete start.code;
    },
    fail: () => {
      print('slot ' + 'ab'.charAt(start.slot) + ' stopped with an error');
      book(FAILED);
      restart();
    },
  };
  (global as unknown as { boot: Start }).boot = start;
  // Again, because Espruino restores a stored Wi-Fi mode after it has run this program.
  setTimeout(() => {
    closeDoors();
    // By timers, so that the image runs outside of every scope: each of its functions would hold on to one.
    later(eval, 1, start.code as string);
    later(eval, 2, CHECK);
  }, 1);
}

/** Tells the broker that no image runs, and why. The relay stays off; nothing can be asked of this device. */
function safeMode(reason: string): void {
  const settings = storedSettings(createStore());
  const mqtt = settings.mqtt;
  const base = settings.prefix + '/' + settings.id + '/';
  const news = { mode: 'safe mode', board: BOARD.id, version: BOARD.version, reason };
  const safe = createSafeMode(
    (opened, received, closed) => dial(mqtt, opened, received, closed),
    encodeConnect({
      clientId: mqtt.clientId || settings.id, clean: 1, keepAlive: 60,
      username: mqtt.username, password: mqtt.password,
      will: { topic: base + 'status', payload: 'offline', qos: 0, retain: 1 },
    }),
    encodePublish(base + 'status', 'safe mode', 0, 1, 0) + encodePublish(base + 'info', JSON.stringify(news), 0, 1, 0),
  );
  const radio = { join: (index: number) => joinWifi(settings.wifi[index]!, settings.id) };
  const network = createNetwork(radio, settings.wifi.length, (up) => safe.network(up));
  if (BOARD.chip !== 'linux') listenWifi(network.up, network.down);
  else safe.network(1);
  let seconds = 0;
  const beat = () => {
    setTimeout(beat, 1000);
    if (++seconds > SAFE_S) {
      book(ANEW);
      restart();
    }
    network.tick();
    if (mqtt.host) safe.tick();
    if (settings.led && seconds % LED_EVERY === 0) blink(SAFE_MODE);
  };
  beat();
}

relay().off();
const open = closeDoors();
if (open) print('still open:', open);
const choice = book(START) as Choice;
if (choice.slot < 0) safeMode(choice.reason);
else startImage(choice);
