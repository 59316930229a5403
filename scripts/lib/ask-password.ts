import type { BrokerAddress } from './broker-address.ts';
import type { Io } from './command.ts';
import { terminalAsker } from './flash/terminal-asker.ts';

/** Adds the password that is missing beside a user name, by asking for it; what is typed is not shown. */
export async function withPassword(address: BrokerAddress, io: Io): Promise<BrokerAddress> {
  if (!address.username || address.password !== undefined) return address;
  const password = await terminalAsker(io)?.secret(`Password of ${address.username}`);
  return password === undefined ? address : { ...address, password };
}
