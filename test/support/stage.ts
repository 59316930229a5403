import { after, before, describe, test } from 'node:test';
import type { TestContext } from 'node:test';
import type { VirtualTime } from '../../simulator/index.ts';
import { VirtualTime as Clock } from '../../simulator/index.ts';
import type { Hardware } from './bell.ts';
import type { MortalBroker } from './brokers.ts';
import { Scene } from './scene.ts';
import type { Maker } from './scene.ts';

/** What a suite of tests runs on: a kind of device, and a broker. */
export interface Combination<H extends Hardware = Hardware> {
  readonly name: string;
  readonly broker: () => Promise<MortalBroker>;
  /** Makes the device; `time` is there when time is virtual. */
  readonly device: (time?: VirtualTime) => Maker<H>;
  readonly isVirtual: boolean;
  /**
   * Whether the broker sends again only what was not finished, and sets DUP on it [MQTT-3.3.1-1]. Aedes does not set
   * it, and after a lost link repeats the last of several messages of QoS 2 although all had finished.
   */
  readonly isStrict: boolean;
  /** Why none of it can run here. */
  readonly skip?: string | false;
  /** How many tests may run at once. In real time most of a test is waiting, and each has a scene of its own. */
  readonly together: number;
}

/** One test: a scene of its own, what makes its devices, and the broker that all share. */
export type Act<H extends Hardware> = (scene: Scene<H>, make: Maker<H>, test: TestContext) => Promise<void>;

/** A group of tests on one combination; `tell` is handed what registers one of them. */
export function stage<H extends Hardware>(
  { name, broker, device, isVirtual, skip = false, together }: Combination<H>,
  tell: (play: (title: string, act: Act<H>) => void) => void,
): void {
  describe(name, { skip, concurrency: together }, () => {
    let shared: MortalBroker;
    before(async () => {
      shared = await broker();
    });
    after(() => shared.stop());
    tell((title, act) => {
      test(title, { timeout: 100_000 }, async (context) => {
        const time = isVirtual ? new Clock() : undefined;
        const scene = new Scene<H>(shared, time);
        try {
          await act(scene, device(time), context);
        } finally {
          await scene.end();
        }
      });
    });
  });
}
