import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Settings } from '../../../firmware/core/config.ts';
import { Failure } from '../failure.ts';
import { writeSafely } from '../update/safe-file.ts';
import { readIfThere } from './cache.ts';
import { newPassword } from './portal-password.ts';
import { seatSheet } from './seat-sheet.ts';

/** Somebody whom the broker of the class knows. */
export interface Login {
  readonly name: string;
  readonly password: string;
}

/** One attendee of a class: a bell with its own name and passwords; `password` is that at the broker. */
export interface Seat extends Login {
  /** Password of the access point that the bell opens when it has no network. */
  readonly portal: string;
  /** The chip that was flashed for this seat. */
  mac?: string;
}

/** What the seats of a class have in common. */
export interface ClassSettings extends Pick<Settings, 'prefix' | 'groups' | 'wifi'> {
  readonly mqtt: Pick<Settings['mqtt'], 'host' | 'port'>;
  readonly button: Pick<Settings['button'], 'rings'>;
}

/** Who may ring every bell of the class, and hear all that they say. */
const TEACHER = 'teacher';

const MOST = 250;

/**
 * The seats of a class, kept in a folder: who has which password, and which board has been flashed.
 * The folder outlives the command, so that thirty boards may take an afternoon.
 */
export class Seats {
  private constructor(readonly folder: string, readonly list: readonly Seat[], readonly teacher: Login) {}

  /** Opens the class in this folder, or makes it. Throws a Failure when it was made for other seats. */
  static open(folder: string, count: number, prefix: string): Seats {
    if (!Number.isInteger(count) || count < 1 || count > MOST) {
      throw new Failure(`--class takes the number of seats, from 1 to ${MOST}`, 'For example --class 30.');
    }
    if (!/^[a-z0-9-]{1,28}$/.test(prefix)) {
      throw new Failure(`"${prefix}" cannot begin a name`, 'Names have a to z, 0 to 9 and -.');
    }
    const text = readIfThere(join(folder, 'class.json'));
    const kept = text && readSeats(text.toString('utf8'));
    const list = kept?.seats ?? newSeats(count, prefix);
    if (list.length !== count || !list.every(({ name }) => name.startsWith(prefix))) {
      throw new Failure(
        `${folder} holds a class of ${list.length} from ${list[0]?.name}`,
        'Name another folder with --out, or delete it.',
      );
    }
    const seats = new Seats(folder, list, kept?.teacher ?? { name: TEACHER, password: newPassword() });
    if (!kept?.teacher) seats.save();
    return seats;
  }

  /** The seat that this chip has, or the next one that has none; undefined when all have one. */
  seatFor(mac: string): Seat | undefined {
    return this.list.find((seat) => seat.mac === mac) ?? this.list.find((seat) => seat.mac === undefined);
  }

  get left(): number {
    return this.list.filter(({ mac }) => mac === undefined).length;
  }

  /** Books that a seat has its board. */
  take(seat: Seat, mac: string): void {
    seat.mac = mac;
    this.save();
  }

  /** Writes the sheet to print, and what the broker wants to know. All hold passwords: only the owner may read them. */
  writePapers(common: ClassSettings): void {
    const logins = [this.teacher, ...this.list].map(({ name, password }) => `${name}:${password}\n`).join('');
    writeSafely(join(this.folder, 'sheet.html'), seatSheet(this.list, this.teacher, common), 0o600);
    writeSafely(join(this.folder, 'passwords.txt'), logins, 0o600);
    writeSafely(join(this.folder, 'acl.txt'), accessList(common), 0o600);
  }

  private save(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const text = JSON.stringify({ teacher: this.teacher, seats: this.list }, null, 2);
    writeSafely(join(this.folder, 'class.json'), `${text}\n`, 0o600);
  }
}

/** Settings of one seat: those of the class, with its own name and login. */
export function seatSettings(common: Settings, { name, password, portal }: Seat): Settings {
  return {
    ...common, id: name,
    mqtt: { ...common.mqtt, username: name, password },
    portal: { ...common.portal, password: portal },
  };
}

/** A class that was begun earlier, maybe before seats had an access point of their own, and a teacher a login. */
function readSeats(text: string): { teacher?: Login; seats: Seat[] } {
  const { seats, ...rest } = JSON.parse(text) as { teacher?: Login; seats: Seat[] };
  return { ...rest, seats: seats.map((seat) => ({ ...seat, portal: seat.portal ?? newPassword() })) };
}

function newSeats(count: number, prefix: string): Seat[] {
  const digits = Math.max(2, String(count).length);
  return Array.from({ length: count }, (_, index) => ({
    name: prefix + String(index + 1).padStart(digits, '0'),
    password: newPassword(),
    portal: newPassword(),
  }));
}

/**
 * Mosquitto's list of who may do what: everybody their own bell, and all hear what is for all and for their groups.
 * What a button rings beside its own bell is allowed too, to everybody.
 */
function accessList({ prefix, groups, button }: ClassSettings): string {
  return [
    `user ${TEACHER}`,
    `topic readwrite ${prefix}/#`,
    '',
    `pattern readwrite ${prefix}/%u/#`,
    ...['all', 'image', ...groups].map((name) => `pattern read ${prefix}/${name}/#`),
    ...button.rings.map((name) => `pattern write ${prefix}/${name}/ring`),
    '',
  ].join('\n');
}
