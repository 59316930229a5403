import type { Settings } from '../../../firmware/core/config.ts';
import { Failure } from '../../../scripts/lib/failure.ts';
import { idOf } from '../../../scripts/lib/flash/id-of.ts';
import { interrupted } from '../../../scripts/lib/flash/port-failure.ts';
import { outcomeInWords } from '../../outcome-words.ts';
import type { BellNews } from '../../usb-messages.ts';
import type { Job } from './job.ts';
import { BellLine } from './server.ts';

type Online = Extract<BellNews, { type: 'online' }>;

/** Waits for a bell to come online, through the workshop. Made before the bell starts, so that nothing is missed. */
export class OnlineWait {
  private readonly news: BellNews[] = [];
  private changed: () => void = () => undefined;
  private readonly line: BellLine;

  private constructor(private readonly job: Job, private readonly id: string, { prefix, mqtt }: Settings, mac: string) {
    const { host, port, tls, username, password } = mqtt;
    const login = { id, mac, prefix, mqtt: { host, port, tls, username, password } };
    this.line = BellLine.open(login, (news) => this.heard(news));
    job.keep(this.line);
  }

  /** Listens on the bell's broker; undefined where nobody wants to wait, or there is no broker. */
  static async begin(job: Job, settings: Settings, mac: string): Promise<OnlineWait | undefined> {
    if (settings.mqtt.host === '' || !job.wish.isWaiting) return undefined;
    const id = idOf(settings, mac);
    const { host } = settings.mqtt;
    job.step('online', { state: 'now', text: `Listening for ${id} at ${host}…` });
    const wait = new OnlineWait(job, id, settings, mac);
    await wait.next(({ type }) => type === 'listening' || type === 'fault');
    job.step('online', { state: 'now', text: `Waiting for ${id} at ${host}, up to a minute…` });
    return wait;
  }

  /** Waits. Throws a Failure when it does not come; `done` says what has been done all the same. */
  async end(done: string): Promise<void> {
    const { job } = this;
    const isListening = this.news.some(({ type }) => type === 'listening');
    const news = await this.next(({ type }) => type === 'online' || type === 'fault');
    if (news.type === 'fault') {
      const unseen = `${done}; whether it comes online cannot be seen from here`;
      throw new Failure(isListening ? news.fault : `${unseen}: ${news.fault}`, news.cure);
    }
    const { id, address, version } = news as Online;
    const at = address === '' ? '' : ` at ${address}`;
    job.step('online', { state: 'done', text: `${id} is online${at} with ${version}.` });
    job.change((state) => ({ ...state, bell: { id, rang: '' } }));
  }

  private heard(news: BellNews): void {
    this.news.push(news);
    if (news.type === 'rang') {
      this.job.change((state) => ({ ...state, bell: { id: this.id, rang: outcomeInWords(news) } }));
    }
    this.changed();
  }

  private next(fits: (news: BellNews) => boolean): Promise<BellNews> {
    const { signal } = this.job;
    return new Promise((done, fail) => {
      const stop = () => fail(interrupted());
      signal.addEventListener('abort', stop);
      this.changed = () => {
        const found = this.news.find(fits);
        if (!found) return;
        signal.removeEventListener('abort', stop);
        done(found);
      };
      if (signal.aborted) stop();
      this.changed();
    });
  }
}
