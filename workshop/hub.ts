import type { WebSocket } from 'ws';
import type { DeviceState, PageMessage, Pushing, ServerMessage, WireRow } from './messages.ts';
import { readPageMessage } from './page-message.ts';

/** How long changes are gathered before they are sent together, ms: about two frames of a screen. */
const GATHER = 30;

/** Bytes that may wait for a page that does not read; above it the page is dropped and calls again. */
const PATIENCE = 4_000_000;

export interface HubOwner {
  /** All that a page needs to know when it connects. */
  hello(): ServerMessage;
  /** The state of a device now. */
  device(id: string): DeviceState | undefined;
  /** A page asked for something. */
  asked(message: PageMessage): void;
}

/** The pages that are open. Strokes go out at once; the rest is gathered for a moment. */
export class Hub {
  private readonly pages = new Set<WebSocket>();
  private readonly changed = new Set<string>();
  private rows: WireRow[] = [];
  private news: Pushing | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly owner: HubOwner) {}

  add(page: WebSocket): void {
    this.pages.add(page);
    page.on('close', () => this.pages.delete(page));
    page.on('error', () => page.terminate());
    page.on('message', (data) => {
      const message = readPageMessage(String(data));
      if (message) this.owner.asked(message);
    });
    page.send(JSON.stringify(this.owner.hello()));
  }

  stroke(device: string, on: boolean): void {
    this.send({ type: 'stroke', device, on });
    // Only then: the state of the device has the stroke in it already.
    this.flush();
  }

  deviceChanged(id: string): void {
    this.changed.add(id);
    this.later();
  }

  pushing(news: Pushing): void {
    this.news = news;
    this.later();
  }

  wire(row: WireRow): void {
    this.rows.push(row);
    this.later();
  }

  close(): void {
    clearTimeout(this.timer);
    for (const page of this.pages) page.terminate();
  }

  private later(): void {
    this.timer ??= setTimeout(() => this.flush(), GATHER);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.rows.length) this.send({ type: 'wire', rows: this.rows });
    this.rows = [];
    if (this.news) this.send({ type: 'pushing', pushing: this.news });
    this.news = undefined;
    for (const id of this.changed) {
      const device = this.owner.device(id);
      if (device) this.send({ type: 'device', device });
    }
    this.changed.clear();
  }

  private send(message: ServerMessage): void {
    const text = JSON.stringify(message);
    for (const page of this.pages) {
      if (page.bufferedAmount > PATIENCE) page.terminate();
      else page.send(text);
    }
  }
}
