import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { startBenchBroker, type BenchBroker } from './broker.ts';
import type { Context } from './context.ts';
import { OutOfMemory, startSubject, storageOf } from './subject.ts';
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

/** How module and program come onto a device, as the files of its Storage. */
const ways: readonly (readonly [title: string, files: (name: string, module: string, app: string) => Files])[] = [
  ['a file in Storage', (name, module, app) => ({ [name]: module, '.bootcde': app })],
  ['in the program', (name, module, app) => ({ '.bootcde': statement(name, module) + app })],
  ['sent to RAM', (name, module, app) => ({
    module: statement(name, module), app, '.bootcde': fromRam('module') + fromRam('app'),
  })],
];

type Files = Readonly<Record<string, string>>;

/** A module as the Web IDE puts it in front of a program. */
function statement(name: string, module: string): string {
  return `Modules.addCached(${JSON.stringify(name)},function(){${module.trim()}\n});\n`;
}

/** Runs a file as what is typed is run: a flash string would leave the code of its functions where it is. */
function fromRam(file: string): string {
  return `eval(require("Storage").read("${file}")+"");`;
}

/** Variables of our module, and of others that are given by path, each with the same small program. */
export async function referencesSection(
  context: Context, ours: string, references: readonly Reference[],
): Promise<Section> {
  context.progress.at(0.93, 'other clients');
  const broker = await startBenchBroker();
  const row = async (title: string, name: string, module: string): Promise<Cell[]> => {
    const cells: Cell[] = [title];
    for (const [, files] of ways) cells.push(await measure(context, broker, name, (app) => files(name, module, app)));
    return cells;
  };
  try {
    const rows = [await row('ours: dist/MQTT.js', 'MQTT', ours)];
    for (const { name, path } of references) {
      const text = readFileSync(path, 'latin1');
      const { code } = await transform(text, { minify: true, charset: 'ascii' });
      rows.push(await row(name, name, text), await row(`${name}, minified`, name, code));
    }
    const none = references.length === 0 ? [
      'Other clients are measured when their files are given, as in `--reference MQTT=MQTT.js`.',
    ] : [];
    return {
      id: 'references',
      title: 'Other clients',
      notes: [
        'Each with the same six-line program: connect, subscribe to one topic, one handler. The module is a file in '
        + 'Storage; or in front of the program, as the Web IDE saves both to flash; or sent to RAM, as it does unless '
        + 'it is told to save. What is sent is in memory twice while it is read: the functions, and the line that they '
        + 'stand in. Other clients as they come, and minified by esbuild, because the IDE fetches minified ones.',
        ...none,
      ],
      tables: [{
        title: 'Variables when connected and idle', head: ['client', ...ways.map(([title]) => title)], rows,
      }],
    };
  } finally {
    await broker.stop();
  }
}

async function measure(
  { bin, layout }: Context, broker: BenchBroker, name: string, files: (app: string) => Files,
): Promise<Cell> {
  const app = (apps[name] ?? '').replace('PORT', String(broker.port));
  const subject = await startSubject({ bin, storage: (probe) => storageOf({ '.boot0': probe, ...files(app) }) });
  let subscribed = false;
  const stop = broker.listen((topic) => {
    if (topic.startsWith('$SYS') && topic.endsWith('subscribes')) subscribed = true;
  });
  try {
    for (let i = 0; i < 100 && !subscribed && !subject.failure(); i++) await rest(50);
    await rest(2000);
    const failure = subject.failure();
    if (failure) throw failure;
    return subscribed ? (await subject.usage()) - layout.asking : 'did not connect';
  } catch (error) {
    if (error instanceof OutOfMemory) return 'out of memory';
    throw error;
  } finally {
    stop();
    await subject.stop();
  }
}

function rest(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
