import { readFileSync } from 'node:fs';
import { startBenchBroker, type BenchBroker } from './broker.ts';
import type { Context } from './context.ts';
import { startSubject, storageOf } from './subject.ts';
import type { Cell, Section } from './table.ts';

/** A client to compare with: the name of its module, and its file. */
export interface Reference {
  readonly name: string;
  readonly path: string;
}

/** The same six lines, in the words of each client. `PORT` stands for the broker's port. */
const eventApp = (name: string, options: string): string => `
var mqtt=require("${name}").create("127.0.0.1",${options});
mqtt.on("connected",function(){mqtt.subscribe("bell/front/ring")});
mqtt.on("EVENT",function(m){if(m.message=="1")digitalPulse(D5,1,200)});
mqtt.connect();
`;
const apps: Readonly<Record<string, string>> = {
  MQTT: eventApp('MQTT', '{port:PORT}').replace('EVENT', 'publish'),
  tinyMQTT: eventApp('tinyMQTT', '{port:PORT}').replace('EVENT', 'message'),
  'micro-mqtt': `
var Client=require("micro-mqtt").Client;
var mqtt=new Client({host:"127.0.0.1",port:PORT,clientId:"front"},require("net"));
mqtt.on("connected",function(){mqtt.subscribe("bell/front/ring")});
mqtt.on("receive",function(m){if(m.content=="1")digitalPulse(D5,1,200)});
mqtt.connect();
`,
};

/** Names of the clients for which there is a program. */
export const referenceNames = Object.keys(apps);

/** Variables of our module, and of others that are given by path, each with the same small program. */
export async function referencesSection(
  context: Context, ours: string, references: readonly Reference[],
): Promise<Section> {
  context.progress.at(0.93, 'other clients');
  const broker = await startBenchBroker();
  try {
    const rows: Cell[][] = [['ours: dist/MQTT.js', await measure(context, broker, 'MQTT', ours)]];
    for (const { name, path } of references) {
      rows.push([name, await measure(context, broker, name, readFileSync(path, 'latin1'))]);
    }
    const none = references.length === 0 ? [
      'Other clients are measured when their files are given, as in `--reference MQTT=MQTT.js`.',
    ] : [];
    return {
      id: 'references',
      title: 'Other clients',
      notes: ['Each with the same six-line program: connect, subscribe to one topic, one handler.', ...none],
      tables: [{ title: 'Variables when connected and idle', head: ['client', 'variables'], rows }],
    };
  } finally {
    await broker.stop();
  }
}

async function measure({ bin, layout }: Context, broker: BenchBroker, name: string, module: string): Promise<Cell> {
  const app = (apps[name] ?? '').replace('PORT', String(broker.port));
  const storage = (probe: string): Buffer => storageOf({ '.boot0': probe, [name]: module, '.bootcde': app });
  const subject = await startSubject({ bin, storage });
  let subscribed = false;
  const stop = broker.listen((topic) => {
    if (topic.startsWith('$SYS') && topic.endsWith('subscribes')) subscribed = true;
  });
  try {
    for (let i = 0; i < 100 && !subscribed; i++) await rest(50);
    await rest(2000);
    return subscribed ? (await subject.usage()) - layout.asking : 'did not connect';
  } finally {
    stop();
    await subject.stop();
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
