import { resolve } from 'node:path';
import type { Settings } from '../../../firmware/core/config.ts';
import type { Io } from '../command.ts';
import { Failure } from '../failure.ts';
import { askSettings } from './ask-settings.ts';
import { choosePort } from './ports.ts';
import { createReport, type Report } from './report.ts';
import { flashAt, readConfig, type FlashWish, type FlashWorld } from './run-flash.ts';
import { seatSettings, Seats, type Seat } from './seats.ts';
import type { FoundDevice } from './steps.ts';

/** A class that was asked for on the command line. */
export interface ClassWish extends FlashWish {
  readonly seats: number;
  readonly prefix: string;
  /** Folder of the sheet and the list of seats. */
  readonly out: string;
}

/**
 * Flashes the boards of a class one after the other: each gets the next seat, and a board that has
 * one keeps it. With nobody to ask, it flashes the board that is plugged in and ends.
 */
export async function runClass(wish: ClassWish, world: FlashWorld, io: Io): Promise<number> {
  const report = createReport(io, wish.isJson);
  const seats = Seats.open(resolve(io.cwd, wish.out), wish.seats, wish.prefix);
  const common = commonSettings(wish, world, io, report);
  do {
    if (world.asker && seats.left > 0 && !(await isReady(seats, world))) break;
    const seat = await flashSeat(seats, common, wish, world, io, report);
    report.say(`${seat.name} is flashed; ${seats.left} of ${seats.list.length} seats are left.`);
  } while (world.asker && seats.left > 0);
  report.end(`The sheet to print is ${wish.out}/sheet.html. ${forTheBroker(wish.out)}`, {
    left: seats.left, seats: seats.list.map(({ name, mac }) => ({ name, mac: mac ?? null })),
  });
  return 0;
}

async function isReady(seats: Seats, { asker }: FlashWorld): Promise<boolean> {
  const next = seats.list.find(({ mac }) => mac === undefined);
  const answer = await asker?.text(`Plug in the board for ${next?.name} and press Enter, or type q to stop`);
  return answer !== 'q';
}

async function flashSeat(
  seats: Seats, common: CommonSettings, wish: ClassWish, world: FlashWorld, io: Io, report: Report,
): Promise<Seat> {
  let taken: Seat | undefined;
  const settings = async (device: FoundDevice) => {
    const seat = seats.seatFor(device.mac);
    if (!seat) throw new Failure('Every seat has its board', 'For more seats begin another class with --out.');
    const its = await common(device);
    seats.writePapers(its);
    // Before anything is written: a board that is ended half way gets the same seat again.
    seats.take(seat, device.mac);
    taken = seat;
    return seatSettings(its, seat);
  };
  const port = await choosePort(wish.port, world.listPorts, world.asker);
  await flashAt(port, wish, world, io, report, settings);
  return taken!;
}

type CommonSettings = (device: FoundDevice) => Promise<Settings>;

/** Network and broker of the class: from the file, or asked once. */
function commonSettings(wish: ClassWish, world: FlashWorld, io: Io, report: Report): CommonSettings {
  const { config } = wish;
  if (config !== undefined) return async ({ board }) => readConfig(config, board, io, report);
  let asked: Settings | undefined;
  return async ({ board }) => {
    report.pause();
    asked ??= world.asker && await askSettings(board, world.asker, report.say, '', '');
    if (asked) return asked;
    throw new Failure('A class needs a network and a broker', 'Give them with --config bell.json.');
  };
}

function forTheBroker(out: string): string {
  return `For Mosquitto: run mosquitto_passwd -U on a copy of ${out}/passwords.txt, and use ${out}/acl.txt.`;
}
