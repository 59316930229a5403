import type { MqttClient } from 'mqtt';
import type { Settings } from '../../firmware/core/config.ts';
import type { BrokerAddress } from './broker-address.ts';
import { Failure } from './failure.ts';
import { connectHost, subscribeHost } from './mqtt-host.ts';
import { pause } from './update/roll-call.ts';

/** How long to wait before the broker is called again, ms. */
const AGAIN = 2000;

/** What is told of a device's broker, and of the device as its broker knows it. */
export type BrokerNews =
  | { readonly type: 'broker'; readonly url: string }
  | { readonly type: 'status'; readonly bell: string; readonly status: string }
  | { readonly type: 'error'; readonly text: string };

/** Where settings say that the broker is. */
export function brokerOf({ mqtt, prefix }: Settings): BrokerAddress {
  const { host, port, tls, username, password } = mqtt;
  return {
    url: `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`,
    prefix,
    ...(username ? { username } : {}),
    ...(password ? { password } : {}),
  };
}

/**
 * Looks at a device from the side of its broker until `signal` is aborted: says why nobody reaches that, and when the
 * status of `bell` changes. Resolves when the first attempt has ended, so that a device that starts then is not missed.
 */
export async function viewBroker(
  address: BrokerAddress, bell: string, tell: (news: BrokerNews) => void, signal: AbortSignal,
): Promise<void> {
  tell({ type: 'broker', url: address.url });
  const view = new BrokerView(address, bell, tell, signal);
  if (!await view.try()) void view.tryOn();
}

class BrokerView {
  private status = '';
  private fault = '';

  constructor(
    private readonly address: BrokerAddress, private readonly bell: string,
    private readonly tell: (news: BrokerNews) => void, private readonly signal: AbortSignal,
  ) {}

  async tryOn(): Promise<void> {
    do await pause(AGAIN, this.signal);
    while (!this.signal.aborted && !await this.try());
  }

  /** Whether the broker is listened to from now on. */
  async try(): Promise<boolean> {
    const { address, bell, signal } = this;
    let client: MqttClient | undefined;
    try {
      client = await connectHost(address, AGAIN);
      this.listen(client);
      await subscribeHost(client, [`${address.prefix}/${bell}/status`]);
      return true;
    } catch (error) {
      client?.end(true);
      if (!(error instanceof Failure)) throw error;
      if (error.message !== this.fault && !signal.aborted) this.tell({ type: 'error', text: error.message });
      this.fault = error.message;
      return false;
    }
  }

  private listen(client: MqttClient): void {
    const { signal, address, bell, tell } = this;
    const end = () => void client.end(true);
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
    client.on('offline', () => {
      if (!signal.aborted) tell({ type: 'error', text: `The connection to ${address.url} is lost` });
    });
    client.on('message', (_topic, payload) => {
      const status = payload.toString();
      if (status !== this.status) tell({ type: 'status', bell, status });
      this.status = status;
    });
  }
}
