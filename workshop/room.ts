import type { Broker } from './broker.ts';
import type { Device, DeviceEvents } from './device.ts';
import { History } from './history.ts';
import { Hub } from './hub.ts';
import type { Addresses, PageMessage, ServerMessage, WireRow } from './messages.ts';
import { PageClient } from './page-client.ts';
import { Pushes } from './pushes.ts';
import type { Pusher } from './pushes.ts';
import type { Seen } from './tap.ts';

/** Packets that a page is given when it connects. */
const HISTORY = 500;

/** First level of every topic; the devices of the workshop keep the default. */
const PREFIX = 'bell';

/** The topic of one chunk of an image. */
const CHUNK = new RegExp(`^${PREFIX}/image/([^/]+)/(\\d+)$`);

/** What is in a workshop, and who tells whom: broker, devices and open pages. */
export class Room implements DeviceEvents {
  readonly devices = new Map<string, Device>();
  readonly hub: Hub;
  addresses: Addresses = { host: '127.0.0.1', tcp: 0, http: 0 };
  private readonly history = new History<WireRow>(HISTORY);
  private readonly page: PageClient;
  private readonly pushes: Pushes | undefined;
  /** Starts at the time, so that a page that outlives the server never sees a number twice. */
  private packets = Date.now();

  constructor(readonly broker: Broker, pusher?: Pusher) {
    this.hub = new Hub({
      hello: () => this.hello(),
      device: (id) => this.devices.get(id)?.state(),
      asked: (message) => this.asked(message),
    });
    broker.on('packet', (seen) => this.saw(seen));
    broker.on('message', (topic, payload) => {
      for (const device of this.devices.values()) device.heard(PREFIX, topic, payload);
      // What runs decides what comes next.
      if (topic.endsWith('/info')) this.pushed();
    });
    this.page = new PageClient(broker, PREFIX);
    this.pushes = pusher && new Pushes(pusher, () => broker.dial(), () => this.running(), () => this.pushed());
  }

  add(device: Device): void {
    this.devices.set(device.role.id, device);
  }

  changed(id: string): void {
    this.hub.deviceChanged(id);
  }

  stroke(id: string, on: boolean): void {
    this.hub.stroke(id, on);
  }

  async close(): Promise<void> {
    await this.pushes?.close();
    for (const device of this.devices.values()) device.setPower(false);
    this.page.close();
    this.hub.close();
    await this.broker.close();
  }

  private saw(seen: Seen): void {
    const row = { n: ++this.packets, at: Date.now(), ...seen };
    this.history.add(row);
    this.hub.wire(row);
    const [, image, n] = CHUNK.exec(seen.topic ?? '') ?? [];
    if (image && seen.from === 'broker' && seen.payload) this.devices.get(seen.client)?.handed(image, Number(n));
  }

  /** The versions that run, as the devices have told. */
  private running(): string[] {
    return [...this.devices.values()].map((device) => String(device.state().info?.version ?? ''));
  }

  private pushed(): void {
    if (this.pushes) this.hub.pushing(this.pushes.state());
  }

  private hello(): ServerMessage {
    const devices = [...this.devices.values()].map((device) => device.state());
    const { addresses, history, pushes } = this;
    const pushing = pushes ? { pushing: pushes.state() } : {};
    return { type: 'hello', addresses, devices, wire: history.all(), ...pushing };
  }

  private asked(message: PageMessage): void {
    switch (message.do) {
      case 'ring': return this.page.ring(message.name, message.payload);
      case 'stop': return this.page.stop(message.name);
      case 'power': return this.devices.get(message.device)?.setPower(message.on);
      case 'wifi': return this.devices.get(message.device)?.setWifi(message.on);
      case 'speed': return this.devices.get(message.device)?.setSpeed(message.times);
      case 'push': return this.pushes?.begin(message.name, message.kind);
      case 'leave': return this.pushes?.leave();
      case 'button': return this.devices.get(message.device)?.setButton(message.down);
    }
  }
}
