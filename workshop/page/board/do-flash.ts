import type { Board } from '../../../boards/board.ts';
import { boards, findBoard } from '../../../boards/index.ts';
import type { Interpreter, Part, RomChip } from '../../../boards/interpreters.ts';
import type { Settings } from '../../../firmware/core/config.ts';
import { idOf } from '../../../scripts/lib/flash/id-of.ts';
import { isBare } from '../../../scripts/lib/flash/portal-password.ts';
import { flashDevice, type FlashJob, type FoundDevice } from '../../../scripts/lib/flash/steps.ts';
import { withPortal } from '../../../scripts/lib/flash/with-portal.ts';
import { putSettings } from '../../../scripts/lib/put-settings.ts';
import { askSettings, summaryOf } from './ask-settings.ts';
import { obtain, type AskImages } from './images.ts';
import type { Job } from './job.ts';
import { OnlineWait } from './online-wait.ts';
import { getFirmware } from './server.ts';
import { flashed } from './state.ts';

/** Makes a bell of the board at the port, with the same steps as the command. */
export async function doFlash(job: Job): Promise<void> {
  const { port, wish, memory, signal } = job;
  const named = findBoard(wish.board);
  let wait: OnlineWait | undefined;
  const flashJob: FlashJob = {
    boards: named ? [named] : boards,
    chooseBoard: (chip, fitting, mac) => chooseBoard(job, chip, fitting, mac),
    images: (interpreter) => images(job, interpreter),
    factory: getFirmware,
    settings: (device) => settings(job, device),
    put: putSettings,
    rom: { baudRate: wish.baudRate },
    ...(wish.flashMode === '' ? {} : { flashMode: wish.flashMode }),
    beforeStart: async ({ known, mac }) => {
      if (known && !isBare(known)) wait = await OnlineWait.begin(job, known, mac);
    },
  };
  const found = await flashDevice(port, flashJob, (event) => job.change((state) => {
    return flashed(state, event, performance.now());
  }), signal);
  const answers = memory.of(found.mac);
  delete answers.settings;
  delete answers.portal;
  if (!found.known || isBare(found.known)) {
    const text = 'It is flashed and has no settings yet: “Change its settings”.';
    return job.step('online', { state: 'skipped', text });
  }
  await wait?.end(`${idOf(found.known, found.mac)} is flashed`);
}

async function chooseBoard(job: Job, chip: RomChip, boards: readonly Board[], mac: string): Promise<Board> {
  const answers = job.memory.of(mac);
  job.step('board', { state: 'now', text: `It is an ${chip}, ${mac}.` });
  answers.board ??= await job.ask<Board>((answer) => ({ type: 'board', chip, boards, answer }));
  return answers.board;
}

const FROM = {
  directory: 'from the folder that the workshop was given', cache: 'from the cache', network: 'downloaded',
  disk: 'from your files',
};

async function images(job: Job, interpreter: Interpreter): Promise<ReadonlyMap<Part, Uint8Array>> {
  const { memory } = job;
  job.step('images', { state: 'now', text: `Espruino ${interpreter.version}…` });
  const ask: AskImages = (what, failure) => job.ask((answer) => {
    return { type: 'images', interpreter, what, answer, ...(failure ? { failure } : {}) };
  });
  const found = memory.images.get(interpreter) ?? await obtain(interpreter, ask);
  memory.images.set(interpreter, found);
  job.change((state) => ({ ...state, images: found }));
  job.step('images', { state: 'done', text: `Espruino ${interpreter.version}, ${FROM[found.from]}.` });
  return found.files;
}

async function settings(job: Job, device: FoundDevice): Promise<Settings | undefined> {
  const { mac, known } = device;
  const answers = job.memory.of(mac);
  const wanted = answers.settings ?? await askFor(job, device);
  const fresh = withPortal(wanted, device, (name, password) => { answers.portal = { name, password }; });
  if (fresh) answers.settings = fresh;
  job.change((state) => ({ ...state, portal: answers.portal }));
  const inForce = fresh ?? known;
  const isNone = !inForce || isBare(inForce);
  const text = isNone ? 'None for now.' : wanted ? summaryOf(inForce) : `Those that it has stay: ${summaryOf(inForce)}`;
  job.step('settings', { state: wanted && !isNone ? 'done' : 'skipped', text });
  return fresh;
}

function askFor(job: Job, { board, mac, known }: FoundDevice): Promise<Settings | undefined> {
  return askSettings(job, board, mac, known && !isBare(known) ? known : undefined);
}
