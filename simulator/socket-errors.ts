import type { DialFailure } from './network.ts';

/** Codes of the 'error' event of a socket, and Espruino's words for them. */
export const SOCKET_ERROR = {
  closed: -1, memory: -2, timeout: -3, noRoute: -4, busy: -5, notFound: -6, maxSockets: -7, unsentData: -8, reset: -9,
} as const;
export type SocketErrorCode = (typeof SOCKET_ERROR)[keyof typeof SOCKET_ERROR];

const WORDS = ['connection closed', 'out of memory', 'timeout', 'no route', 'busy', 'not found', 'max sockets',
  'unsent data', 'connection reset'];

export function socketErrorText(code: SocketErrorCode): string {
  return WORDS[-1 - code] ?? 'unknown error';
}

export const CODE_OF: Readonly<Record<DialFailure, SocketErrorCode>> = {
  'unknown host': SOCKET_ERROR.notFound,
  'no route': SOCKET_ERROR.noRoute,
  'refused': SOCKET_ERROR.reset,
  'timeout': SOCKET_ERROR.timeout,
};
