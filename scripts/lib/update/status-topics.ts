import type { MqttClient } from 'mqtt';
import { subscribeHost } from '../mqtt-host.ts';
import { hear, type Rollout, type Target } from './rollout.ts';
import { readReport, type Report } from './status.ts';

/** So many devices are listened to by their names: to these, brokers give what is retained. More, by a wildcard. */
const BY_NAME = 40;
/** Topics in one SUBSCRIBE: AWS IoT takes no more. */
const MOST_FILTERS = 8;

/** Books what the devices of a roll-out report, and calls back for each report. Gives what ends that. */
export function followReports(
  client: MqttClient, prefix: string, rollout: Rollout, heard: (target: Target, report: Report) => void,
): () => void {
  const targets = new Map(rollout.targets.map((target) => [target.id, target]));
  const listen = (topic: string, payload: Buffer, { retain }: { retain: boolean }): void => {
    const id = topic.slice(prefix.length + 1, -'/update/status'.length);
    const target = topic === `${prefix}/${id}/update/status` ? targets.get(id) : undefined;
    const report = target && readReport(payload.toString());
    if (report && hear(rollout.do, target, report, retain, Date.now())) heard(target, report);
  };
  client.on('message', listen);
  return () => void client.off('message', listen);
}

/** Subscribes to the reports of a roll-out's devices. */
export async function subscribeReports(client: MqttClient, prefix: string, { targets }: Rollout): Promise<void> {
  const names = targets.length > BY_NAME ? ['+'] : targets.map(({ id }) => id);
  const filters = names.map((name) => `${prefix}/${name}/update/status`);
  for (let at = 0; at < filters.length; at += MOST_FILTERS) {
    await subscribeHost(client, filters.slice(at, at + MOST_FILTERS));
  }
}
