import type { Member } from './cast.ts';
import { Crew } from './crew.ts';
import type { Traffic } from './traffic.ts';

/** What a process of boards is told. */
export type Order =
  | {
    readonly do: 'plug'; readonly members: readonly Member[]; readonly port: number; readonly speed: number;
    readonly storages: Readonly<Record<string, Uint8Array>>;
  }
  | { readonly do: 'power'; readonly id: string; readonly on: boolean }
  | { readonly do: 'break flash'; readonly id: string }
  | { readonly do: 'tell' };

/** What it answers to each. */
export interface Told {
  readonly traffic: Traffic;
  readonly restarts: number;
  /** Seconds of a processor, and most memory, bytes. */
  readonly cpuS: number;
  readonly bytes: number;
}

let crew = new Crew();

process.on('message', (order: Order) => void obey(order));
process.on('disconnect', () => process.exit());

async function obey(order: Order): Promise<void> {
  if (order.do === 'power') {
    if (order.on) crew.board(order.id).plug();
    else crew.board(order.id).unplug();
  } else if (order.do === 'break flash') crew.board(order.id).flash.failing = true;
  else if (order.do === 'plug') {
    crew = new Crew(order.speed);
    await crew.plug(order.members, order.storages, () => order.port);
  }
  process.send?.(tell());
}

function tell(): Told {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    traffic: crew.traffic, restarts: crew.restarts, cpuS: (userCPUTime + systemCPUTime) / 1e6, bytes: maxRSS * 1024,
  };
}
