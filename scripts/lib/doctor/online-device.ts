import type { MqttClient } from 'mqtt';
import { findBoard } from '../../../boards/index.ts';
import type { BrokerAddress } from '../broker-address.ts';
import { connectHost, subscribeHost } from '../mqtt-host.ts';
import { version } from '../paths.ts';
import { errorFinding, restartFinding } from './error-story.ts';
import { mind, port88, right, wrong, type Finding } from './finding.ts';

/** What was heard of one device. */
interface Heard {
  /** What the broker has kept. */
  status?: string;
  kept?: Info;
  /** Answers to the question who it is. */
  readonly answers: Info[];
  /** Changes of its status while we listened. */
  changes: number;
}

interface Info {
  readonly version?: string;
  readonly board?: string;
  readonly address?: string;
  readonly reason?: string;
  readonly error?: string;
  readonly mode?: string;
  readonly settings?: {
    readonly muted?: boolean;
    readonly mqtt?: { readonly tls?: boolean };
    readonly ring?: { readonly needsAt?: boolean };
    readonly time?: { readonly server?: string };
  } | null;
}

const USB = 'Has it power, and its network? Plug it into a computer: npx bell doctor looks at it there.';

/** Looks at a device through its broker. Throws a Failure when the broker cannot be asked. */
export async function examineOnline(
  name: string, address: BrokerAddress, listenMs: number, signal: AbortSignal,
): Promise<Finding[]> {
  const client = await connectHost(address);
  try {
    const heard = await listen(client, `${address.prefix}/${name}`, listenMs, signal);
    return [right('broker', `The broker at ${address.url} answers.`), ...judge(name, heard)];
  } finally {
    await client.endAsync(true);
  }
}

async function listen(client: MqttClient, topic: string, ms: number, signal: AbortSignal): Promise<Heard> {
  const heard: Heard = { answers: [], changes: 0 };
  client.on('message', (on, payload, { retain }) => {
    const text = payload.toString();
    if (on === `${topic}/status`) {
      if (!retain) heard.changes++;
      heard.status = text;
    } else if (retain) heard.kept = readInfo(text);
    else heard.answers.push(readInfo(text));
  });
  await subscribeHost(client, [`${topic}/status`, `${topic}/info`]);
  await client.publishAsync(`${topic}/who`, '', { qos: 1 });
  await new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      done();
    }, { once: true });
  });
  return heard;
}

function judge(name: string, { status, kept, answers, changes }: Heard): Finding[] {
  const info = answers.at(-1) ?? kept ?? {};
  if (status === undefined && answers.length === 0) {
    return [wrong(
      'unknown', `No device called ${name} has ever been on this broker.`,
      `bell watch shows who is; the prefix has to be the device's own. ${USB}`,
    )];
  }
  const twins = new Set(answers.map(({ address = '' }) => address)).size > 1 || changes > 2;
  const found = [
    twins ? sameName(name) : undefined,
    ...presence(name, status, answers.length > 0, info),
    ...(info.mode === 'safe mode' ? [] : [versionFinding(info)]),
    errorFinding(info.error ?? ''), restartFinding(info.reason ?? ''), ...remarks(info),
  ];
  return found.filter((one) => one !== undefined);
}

function sameName(name: string): Finding {
  return wrong(
    'same-name', `Several devices call themselves ${name}: they throw each other off the broker.`,
    'Give each a name of its own with npx bell provision.',
  );
}

function presence(name: string, status: string | undefined, hasAnswered: boolean, info: Info): Finding[] {
  if (status === 'safe mode') {
    return [wrong(
      'safe-mode', `${name} is in safe mode: none of its images works (${info.reason ?? 'no reason given'}).`,
      'Run npx bell flash with it at USB; its settings stay. It does not ring until then.',
    )];
  }
  const at = info.address ?? 'an unknown address';
  if (hasAnswered) return [right('online', `${name} is online at ${at} and answers.`)];
  if (status === 'online') {
    return [wrong(
      'mute', `The broker says that ${name} is online, and it does not answer.`,
      `It is about to be missed, or its broker lets it hear nothing (access list in docs/topics.md). ${USB}`,
    )];
  }
  return [wrong('offline', `${name} is offline.`, USB)];
}

function versionFinding({ version: runs, board }: Info): Finding | undefined {
  if (runs === undefined) return undefined;
  if (runs === version()) return right('version', `It runs ${runs} on ${board}.`);
  return mind('version', `It runs ${runs}; here is ${version()}.`, 'bell update puts this one onto it.');
}

function remarks({ board, settings }: Info): (Finding | undefined)[] {
  return [
    settings?.muted
      ? mind('muted', 'It is muted: rings are answered and not rung.', 'Switch that off with set, or settings.')
      : undefined,
    settings?.ring?.needsAt ? needsAtFinding(settings.time?.server !== '') : undefined,
    settings?.mqtt?.tls
      ? mind('tls', 'Its TLS checks no certificate: it keeps listeners out, and no impostor.', 'See docs/security.md.')
      : undefined,
    findBoard(board ?? '')?.chip === 'esp8266' ? port88() : undefined,
  ];
}

function needsAtFinding(hasServer: boolean): Finding {
  return hasServer
    ? mind('needs-at', 'It refuses rings that do not say when they were sent.', 'Send "at" with each: docs/rings.md.')
    : wrong(
      'needs-at', 'It refuses every ring but those of its button: ring.needsAt asks for a clock, and none sets it.',
      'Name a time.server with set, or switch ring.needsAt off.',
    );
}

function readInfo(text: string): Info {
  try {
    return JSON.parse(text) as Info;
  } catch {
    return {};
  }
}
