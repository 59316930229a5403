/**
 * What the server and the page say to each other about a board at the computer's own USB port. Types only, so that
 * both sides can import it.
 */

/** What went wrong, and what to do. */
export interface Fault {
  readonly fault: string;
  readonly cure: string;
}

/** One file of an interpreter. */
export interface ImageFile {
  readonly file: string;
  readonly sha256: string;
}

/** Where the files of an interpreter are. */
export type ImagesAnswer =
  | {
    readonly state: 'here';
    readonly from: 'directory' | 'cache' | 'network';
    readonly files: readonly ImageFile[];
    /** Of these files the hash counts from now on; kept in the file `pins` of the computer. */
    readonly pinned: readonly string[];
    readonly pins: string;
  }
  /** `what` would be downloaded, after a yes. */
  | { readonly state: 'missing'; readonly what: string };

/** What the page asks of them: a download, or whether files that a person chose are the right ones. */
export type ImagesRequest =
  | { readonly do: 'download' }
  | { readonly do: 'pin'; readonly files: readonly ImageFile[] };

/** What the server has pinned of the files that a person chose. */
export interface PinAnswer {
  readonly pinned: readonly string[];
  readonly pins: string;
}

/** Where a bell is to be met. The one message of the page that holds a password; it is for the server's eyes only. */
export interface BellLogin {
  readonly id: string;
  readonly mac: string;
  readonly prefix: string;
  readonly mqtt: {
    readonly host: string;
    readonly port: number;
    readonly tls: boolean;
    readonly username: string;
    readonly password: string;
  };
}

/** From the page, over the line of one bell: first where it is, later that it shall ring. */
export type BellRequest = { readonly do: 'listen'; readonly login: BellLogin } | { readonly do: 'ring' };

/** To the page: the broker is listened to; the bell is online; what became of a ring; it cannot be done. */
export type BellNews =
  | { readonly type: 'listening' }
  | { readonly type: 'online'; readonly id: string; readonly address: string; readonly version: string }
  | { readonly type: 'rang'; readonly outcome: string; readonly reason?: string; readonly ms?: number }
  | ({ readonly type: 'fault' } & Fault);
