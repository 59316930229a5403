import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Io } from '../command.ts';
import { Failure } from '../failure.ts';

const KINDS = {
  ca: { holds: /-----BEGIN (TRUSTED )?CERTIFICATE-----/, what: 'the certificate of an authority' },
  cert: { holds: /-----BEGIN CERTIFICATE-----/, what: 'a certificate' },
  key: { holds: /-----BEGIN (\w+ )*PRIVATE KEY-----/, what: 'a private key' },
};

/** The whole path of a file in PEM, once it has been seen to be one. Undefined stays undefined. */
export function readPem(file: string | undefined, kind: keyof typeof KINDS, io: Io): string | undefined {
  if (file === undefined) return undefined;
  const path = resolve(io.cwd, file);
  let text: string;
  try {
    text = readFileSync(path, 'latin1');
  } catch {
    throw new Failure(`${file} cannot be read`, 'Run this on the machine that Mosquitto runs on, with its files.');
  }
  const { holds, what } = KINDS[kind];
  if (!holds.test(text)) throw new Failure(`${file} is not ${what} in PEM`, other(text, kind));
  if (/ENCRYPTED/.test(text) && kind === 'key') {
    const cure = 'Take it off: openssl pkey -in KEY -out OTHER.';
    throw new Failure(`${file} wants a pass phrase, and nobody types one when Mosquitto starts`, cure);
  }
  return path;
}

function other(text: string, kind: string): string {
  if (kind === 'key' && KINDS.cert.holds.test(text)) return 'It is a certificate: that is --cert or --ca.';
  if (kind !== 'key' && KINDS.key.holds.test(text)) return 'It is a private key: that is --key.';
  return 'It begins with -----BEGIN; convert another format with openssl.';
}
