import type { Board } from '../../boards/board.ts';

/**
 * The constants of one board as esbuild's `define`: `BOARD.relay.pin` becomes `"D5"`, and what the
 * board does not have becomes `undefined`, so that code for it vanishes.
 */
export function defines(board: Board, version: string): Record<string, string> {
  const { id, chip, relay, maxStrokeMs, button, led, storage, slotUnits, maxPacket, digest, tls } = board;
  const { bluetooth, watchdog } = board;
  const constants = {
    id, chip, version, maxStrokeMs, slotUnits, maxPacket, digest, tls, bluetooth, watchdog, storage,
    relay: { pin: relay.pin, on: relay.on },
    button: button && { pin: button.pin, pressed: button.pressed },
    led: led && { pin: led.pin, on: led.on },
  };
  return { ...flatten('BOARD', constants), ...absent('button', button), ...absent('led', led) };
}

function flatten(prefix: string, values: object): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [key, value] of Object.entries(values)) {
    const name = `${prefix}.${key}`;
    if (typeof value !== 'object' || value === null) flat[name] = JSON.stringify(value) ?? 'undefined';
    // The object itself is only ever asked whether it is there.
    else Object.assign(flat, { [name]: 'true' }, flatten(name, value as object));
  }
  return flat;
}

function absent(part: 'button' | 'led', value: object | undefined): Record<string, string> {
  if (value) return {};
  const keys = part === 'button' ? ['pin', 'pressed'] : ['pin', 'on'];
  return Object.fromEntries(keys.map((key) => [`BOARD.${part}.${key}`, 'undefined']));
}
