import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isSet, textOf, writeJson, type Command, type Io } from '../lib/command.ts';
import { Failure } from '../lib/failure.ts';
import { ensureKey, keysFile, keysOption, readKeys, writeKeys, type Keys } from '../lib/update/keys.ts';
import { writeSafely } from '../lib/update/safe-file.ts';
import { withUpdateKey } from '../lib/update/settings-key.ts';

export const command: Command = {
  name: 'key',
  summary: 'Makes the keys of updates, and puts one into the settings of a device; it never shows one',
  usage: '[name] [options]',
  options: {
    fleet: { type: 'boolean', help: 'one key for all devices that have none of their own' },
    into: { type: 'string', value: 'FILE', help: 'put it into these settings, which then go onto the device over USB' },
    ...keysOption,
    json: { type: 'boolean', help: 'who has a key, as JSON' },
  },
  examples: ['bell key front --into bell.json', 'bell key --fleet', 'bell key'],
  async run(values, [name, ...rest], io) {
    const fleet = isSet(values, 'fleet');
    const into = textOf(values, 'into');
    if (rest.length || (name !== undefined && fleet)) throw new Failure('Name one device, or say --fleet');
    const file = keysFile(values, io);
    const keys = readKeys(file);
    if (name === undefined && !fleet) {
      if (into !== undefined) throw new Failure('Say whose key it is', 'Name a device, or say --fleet.');
      return list(keys, isSet(values, 'json'), io);
    }
    const { key, isNew } = ensureKey(keys, name);
    const text = into === undefined ? '' : readSettings(into, io, name, key);
    // First the keys: a device with a key that nobody knows is one for the cable.
    if (isNew) writeKeys(file.path, keys);
    if (into !== undefined) writeSafely(resolve(io.cwd, into), text, 0o600);
    const whose = name ?? 'the fleet';
    if (isSet(values, 'json')) return list(keys, true, io);
    io.out.write(isNew ? `A key for ${whose} was made and is in ${file.name}.\n` : `${whose} has a key already.\n`);
    if (into !== undefined) io.out.write(`It is in ${into} as update.key now; only you can read that file.\n`);
    return 0;
  },
};

function readSettings(file: string, io: Io, name: string | undefined, key: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch {
    throw new Failure(`There is no file ${file}`, 'Write the settings of the device first.');
  }
  return withUpdateKey(text, file, name, key);
}

function list(keys: Keys, json: boolean, io: Io): number {
  const devices = [...keys.devices.keys()].sort();
  if (json) writeJson(io, { fleet: keys.fleet !== undefined, devices, changing: [...keys.next.keys()].sort() });
  else {
    io.out.write(keys.fleet === undefined ? 'There is no key for the fleet.\n' : 'There is a key for the fleet.\n');
    for (const id of devices) io.out.write(`${id} has a key of its own.\n`);
    for (const id of keys.next.keys()) io.out.write(`${id} was asked to change its key and has not answered.\n`);
  }
  return 0;
}
