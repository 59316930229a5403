import { ask, form, GET, HEADERS, PROBE, send, visit } from './portal-phone.ts';
import type { PortalStage, Surroundings } from './portal-stage.ts';

/** A place with some networks, and two with many. */
const SOME = { networks: 8 };
const MORE = { networks: 20 };
const MANY = { networks: 30 };

/** Connections of somebody who means harm. */
const CROWD = 20;

/** Something that happens while the form is open. */
export interface PortalScenario {
  readonly name: string;
  readonly around: Surroundings;
  /** Whether it is known to need more than the budget, and less than there is. */
  readonly isOver?: boolean;
  act(stage: PortalStage): Promise<void>;
}

/** What the memory has to be enough for. */
export const portalScenarios: readonly PortalScenario[] = [
  { name: 'the form is shown', around: SOME, act: show },
  { name: 'a form is refused, the next one stored', around: SOME, act: store },
  { name: 'the same, with a password of 1 KB', around: { ...SOME, longPassword: true }, act: store, isOver: true },
  { name: '4 connections at once', around: SOME, act: atOnce },
  { name: 'shown 10 s after the start, without a network configured', around: { ...SOME, isBare: true }, act: show },
  { name: '20 networks around', around: MORE, act: lookAgain },
  { name: '30 networks around', around: MANY, act: show, isOver: true },
  { name: '20 connections that say nothing', around: SOME, act: crowd },
  { name: '20 connections that all ask', around: SOME, act: askingCrowd },
  { name: 'a request without an end', around: SOME, act: endless },
  { name: 'a long form, byte by byte', around: SOME, act: byteByByte },
];

async function show({ port, bell }: PortalStage): Promise<void> {
  await bell.within('form', form(port));
}

async function store(stage: PortalStage): Promise<void> {
  const { port, bell } = stage;
  const page = await bell.within('form', form(port));
  const refused = await bell.within('refusal', send(port, page, { n: 'Front' }));
  if (!refused.includes('Name must be')) throw new Error(`it says ${refused.slice(0, 40)}`);
  const fields = { n: 'back', s: '1', h: '127.0.0.1', k: 'p\xc3\xa9ssw\xf6rd & more of it', p: '1884' };
  const stored = await bell.within('answer', send(port, page, fields));
  if (!stored.includes('Stored.')) throw new Error(`it says ${stored.slice(0, 40)}`);
}

/** A browser opens connections before it needs them, and a phone asks whether it is online meanwhile. */
async function atOnce(stage: PortalStage): Promise<void> {
  const { port, bell } = stage;
  const spare = visit(port);
  await bell.within('forms', Promise.all([form(port), form(port), ask(port, PROBE), ask(port, PROBE)]));
  spare.destroy();
  await store(stage);
}

/** The number of the list of networks that a form has. */
function listOf(page: string): string | undefined {
  return /name=l value=(\d+)/.exec(page)?.[1];
}

async function lookAgain(stage: PortalStage): Promise<void> {
  const { port, bell } = stage;
  const before = listOf(await bell.within('form', form(port)));
  await bell.within('answer', ask(port, GET.replace('/', '/again')));
  const isNew = async (): Promise<void> => {
    while (listOf(await form(port)) === before) await new Promise((done) => setTimeout(done, 100));
  };
  await bell.within('list', isNew());
  await store(stage);
}

async function crowd(stage: PortalStage): Promise<void> {
  const silent = Array.from({ length: CROWD }, () => visit(stage.port));
  await store(stage);
  for (const socket of silent) socket.destroy();
}

async function askingCrowd(stage: PortalStage): Promise<void> {
  const { port, bell } = stage;
  await bell.within('answers', Promise.all(Array.from({ length: CROWD }, () => ask(port, GET))));
  await store(stage);
}

async function endless(stage: PortalStage): Promise<void> {
  const { port, bell } = stage;
  await bell.within('end', ask(port, `GET /${'x'.repeat(20_000)}`));
  await bell.within('end', ask(port, `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`));
  await bell.within('end', ask(port, `GET / HTTP/1.1\r\n${HEADERS.repeat(40)}`));
  await store(stage);
}

/** What is sent so takes many turns of the interpreter, and all that is bounded at its bound. */
async function byteByByte(stage: PortalStage): Promise<void> {
  const { port, bell } = stage;
  const body = `u=${'%41'.repeat(200)}`.padEnd(1000, 'b');
  const text = `POST / HTTP/1.1\r\n${HEADERS}Content-Length: 1100\r\n\r\n${body}`;
  const socket = visit(port).setNoDelay(true);
  let isOver = false;
  const end = new Promise<void>((done) => socket.on('close', () => { isOver = true; done(); }));
  for (const byte of text) {
    if (isOver) break;
    socket.write(byte);
    await new Promise(setImmediate);
  }
  await bell.within('end', end);
  await store(stage);
}

