import { createHash } from 'node:crypto';
import { flatten } from './bytes.ts';
import type { Chip } from './chip.ts';
import type { Interpreter } from './interpreter.ts';
import { typeName } from './type-name.ts';

/** `require('crypto')`: SHA-1 on every chip here, SHA-2 not on the ESP8266. */
export function cryptoApi(interpreter: Interpreter, chip: Chip): Record<string, unknown> {
  const digest = (algorithm: string) => (data: unknown): ArrayBuffer => {
    const bytes = flatten(data);
    if (!bytes) throw interpreter.error(`Expecting something iterable, got ${typeName(data)}`);
    const hash = createHash(algorithm).update(bytes).digest();
    return new interpreter.js.Uint8Array(hash).buffer as ArrayBuffer;
  };
  const sha2 = chip.name === 'esp8266' ? {}
    : { SHA224: digest('sha224'), SHA256: digest('sha256'), SHA384: digest('sha384'), SHA512: digest('sha512') };
  return interpreter.object({ SHA1: digest('sha1'), ...sha2 });
}
