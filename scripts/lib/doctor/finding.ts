import type { Failure } from '../failure.ts';
import { PortFailure } from '../flash/port-failure.ts';

/** One thing that was looked at. */
export interface Finding {
  readonly level: 'right' | 'mind' | 'wrong';
  /** For scripts: a word that stays. */
  readonly code: string;
  /** A sentence. */
  readonly what: string;
  /** What to do; '' where there is nothing to do. */
  readonly cure: string;
}

export function right(code: string, what: string): Finding {
  return { level: 'right', code, what, cure: '' };
}

export function mind(code: string, what: string, cure = ''): Finding {
  return { level: 'mind', code, what, cure };
}

export function wrong(code: string, what: string, cure: string): Finding {
  return { level: 'wrong', code, what, cure };
}

/** The door that no program on an ESP8266 can close. */
export function port88(): Finding {
  return mind(
    'port-88', 'Its interpreter takes a new interpreter from anybody on port 88, and no program can close that.',
    'Keep it in a network of people you trust, or block port 88 to it; docs/security.md says more.',
  );
}

/** What a Failure of another part means here. */
export function fromFailure(failure: Failure, code = 'failed'): Finding {
  return wrong(failure instanceof PortFailure ? failure.fault : code, sentence(failure.message), failure.cure);
}

/** The finding as lines for a person. */
export function inLines({ level, what, cure }: Finding): string {
  const sign = { right: 'ok   ', mind: 'mind ', wrong: 'WRONG' }[level];
  return `${sign}  ${what}\n${cure === '' ? '' : `       ${cure}\n`}`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
