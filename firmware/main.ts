import type { Boot } from './core/contracts.ts';
import { createDevice } from './core/device.ts';
import { LOADER, PORTAL } from './core/layout.ts';
import { createNetwork } from './core/network.ts';
import type { Network } from './core/network.ts';
import type { Part } from './core/settings/part.ts';
import { withoutSecrets } from './core/settings/public.ts';
import { ask } from './hal/ask.ts';
import { clock } from './hal/clock.ts';
import { forgetNatives } from './hal/forget.ts';
import { blink } from './hal/lamp.ts';
import { onPress } from './hal/push.ts';
import { relay } from './hal/relay.ts';
import { restart } from './hal/restart.ts';
import { changeSettings, loadPart, patchSettings, takeSettings, updateKey } from './hal/settings.ts';
import { dial } from './hal/tcp.ts';
import { askTime, now } from './hal/time.ts';
import { inWords, joinWifi, listenWifi, signal } from './hal/wifi.ts';

/** A device whose seconds have stopped for so long restarts, ms. An ESP32 that connects stands still for up to 55 s. */
const STANDSTILL = 120_000;

/** Seconds without a network after which the program of the access point is asked for the first time. */
const SOON = 10;

/** Starts the bell. The one place where board, settings and parts are put together. */
export default function main(boot: Boot): void {
  let address = '';
  const hasWifi = BOARD.chip !== 'linux';

  E.srand(E.CRC32(getSerial()) ^ Math.floor(getTime() * 1e6));

  const output = relay();
  const device = createDevice({
    relay: output,
    // An ESP32 does not say why it has started.
    warm: BOARD.chip === 'esp8266' && boot.reason !== 'power on' ? 1 : 0,
    clock,
    load: loadPart,
    show: (part) => JSON.stringify(withoutSecrets(part, loadPart(part as Part))),
    patch: patchSettings,
    dial,
    crc: (bytes) => E.CRC32(bytes),
    seconds: getTime,
    now,
    askTime,
    blink,
    facts: () => ({ version: BOARD.version, board: BOARD.id, slot: boot.slot, reason: boot.reason, address }),
    // After its garbage was collected: else the figure falls for hours, and nobody knows whether memory is lost.
    figures: () => ({ free: process.memory().free, rssi: hasWifi ? signal() : 0 }),
    complaint: takeSettings(),
    // Through `boot`, so that nothing holds on to the loader afterwards.
    healthy: () => boot.ok(),
    isBroken: () => E.getErrorFlags().some((flag: string) => flag === 'MEMORY'),
    restart,
    forget: forgetNatives,
    ask: (asked) => ask(LOADER, asked),
    key: updateKey,
    rekey: (key) => changeSettings({ update: { key } }),
    maxPacket: BOARD.maxPacket,
    maxQueue: 1.25 * BOARD.maxPacket,
    maxStroke: BOARD.maxStrokeMs,
    trial: boot.trial,
  });

  const reached = (up: 0 | 1, text: string) => {
    // A connection that was made from another address is dead, and would only be missed after a while.
    if (up && address && address !== text) device.network(0, 'address changed');
    address = up ? text : '';
    device.network(up, text);
  };

  const radio = {
    join: (index: number) => {
      const network = loadPart('wifi')[index];
      if (network) joinWifi(network, loadPart('id'));
    },
  };
  const wire: Network = { up: () => {}, down: () => {}, tick: () => {} };
  const network = hasWifi ? createNetwork(radio, loadPart('wifi').length, reached) : wire;
  if (hasWifi) listenWifi(network.up, (reason) => network.down(inWords(reason)));
  // The network of Linux is simply there.
  else reached(1, '127.0.0.1');

  onPress(device.pressed);

  // Seconds without a network, when the program of the access point is due, and for how long it has the radio.
  let alone = 0;
  let due = SOON;
  let rest = 0;
  let lifeline = 0;
  const second = () => {
    // First of all, so that an error in what follows costs one second and not all of them.
    setTimeout(second, 1000);
    // The function itself and no closure over it: it runs also when no variable is left, not even for the timer above.
    const next = setTimeout(E.reboot, STANDSTILL);
    if (lifeline) clearTimeout(lifeline);
    lifeline = next;
    if (rest) rest--;
    else network.tick();
    device.tick();
    if (!hasWifi) return;
    if (address) {
      alone = rest = 0;
      due = SOON;
    } else if (++alone === due) {
      ask(PORTAL, {
        alone,
        up: () => address !== '',
        sounding: device.sounding,
        load: loadPart,
        save: changeSettings,
        again: (seconds) => {
          due = seconds;
        },
        rest: (seconds) => {
          rest = seconds;
        },
      });
    }
  };
  second();
}
