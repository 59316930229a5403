import type { BrokerAddress } from '../broker-address.ts';
import { Failure } from '../failure.ts';
import { fromFailure, mind, type Finding } from './finding.ts';
import type { DeviceBroker } from './storage-finding.ts';

/** Looks at a device through a broker, as `bell doctor NAME` does. Throws a Failure when the broker does not let it. */
export type Examine = (id: string, address: BrokerAddress) => Promise<Finding[]>;

/**
 * Asks the broker that a device at USB has in its settings, from this computer. `known` is the login that this computer
 * has for that broker, if any: the password of the device is not taken from it.
 */
export async function brokerFindings(
  broker: DeviceBroker, id: string, known: BrokerAddress | undefined, examine: Examine,
): Promise<Finding[]> {
  const { host, port, tls, prefix } = broker;
  const url = `${tls ? 'mqtts' : 'mqtt'}://${host}:${port}`;
  const login = known !== undefined && new URL(known.url).hostname === host ? known : undefined;
  const { username, password } = login ?? {};
  try {
    return await examine(id, {
      url, prefix, ...(username === undefined ? {} : { username }), ...(password === undefined ? {} : { password }),
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const isClosed = username === undefined && /refuses this user name/.test(error.message);
    return [isClosed ? loginNeeded(url, host) : fromFailure(error, 'no-broker')];
  }
}

function loginNeeded(url: string, host: string): Finding {
  return mind(
    'broker-login', `Its broker at ${url} answers, and lets nobody in without a login.`,
    `Whether that of the device is right is seen with it: bell doctor --broker mqtt://USER@${host}.`,
  );
}
