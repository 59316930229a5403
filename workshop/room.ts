import type { Broker } from './broker.ts';
import type { Device, DeviceEvents } from './device.ts';
import { History } from './history.ts';
import { Hub } from './hub.ts';
import type { Addresses, PageMessage, ServerMessage, WireRow } from './messages.ts';
import { PageClient } from './page-client.ts';
import type { Seen } from './tap.ts';

/** Packets that a page is given when it connects. */
const HISTORY = 500;

/** First level of every topic; the devices of the workshop keep the default. */
const PREFIX = 'bell';

/** What is in a workshop, and who tells whom: broker, devices and open pages. */
export class Room implements DeviceEvents {
  readonly devices = new Map<string, Device>();
  readonly hub: Hub;
  addresses: Addresses = { host: '127.0.0.1', tcp: 0, http: 0 };
  private readonly history = new History<WireRow>(HISTORY);
  private readonly page: PageClient;
  /** Starts at the time, so that a page that outlives the server never sees a number twice. */
  private packets = Date.now();

  constructor(readonly broker: Broker) {
    this.hub = new Hub({
      hello: () => this.hello(),
      device: (id) => this.devices.get(id)?.state(),
      asked: (message) => this.asked(message),
    });
    broker.on('packet', (seen) => this.saw(seen));
    broker.on('message', (topic, payload) => {
      for (const device of this.devices.values()) device.heard(PREFIX, topic, payload);
    });
    this.page = new PageClient(broker, PREFIX);
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
    for (const device of this.devices.values()) device.setPower(false);
    this.page.close();
    this.hub.close();
    await this.broker.close();
  }

  private saw(seen: Seen): void {
    const row = { n: ++this.packets, at: Date.now(), ...seen };
    this.history.add(row);
    this.hub.wire(row);
  }

  private hello(): ServerMessage {
    const devices = [...this.devices.values()].map((device) => device.state());
    return { type: 'hello', addresses: this.addresses, devices, wire: this.history.all() };
  }

  private asked(message: PageMessage): void {
    switch (message.do) {
      case 'ring': return this.page.ring(message.name, message.payload);
      case 'stop': return this.page.stop(message.name);
      case 'power': return this.devices.get(message.device)?.setPower(message.on);
      case 'wifi': return this.devices.get(message.device)?.setWifi(message.on);
      case 'button': return this.devices.get(message.device)?.setButton(message.down);
    }
  }
}
