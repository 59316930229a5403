/** One topic of the bells, behind the prefix, and how it crosses the bridge. */
export interface BridgedTopic {
  readonly pattern: string;
  readonly direction: 'in' | 'out';
  readonly qos: 0 | 1;
  /** Left out unless it is asked for: strangers at the far broker could do more than ring. */
  readonly only?: 'set' | 'updates';
}

/**
 * What crosses the bridge: docs/topics.md. No topic goes both ways, so that nothing can go round in circles, and none
 * has QoS 2, which AWS IoT never acknowledges.
 */
export const bridgedTopics: readonly BridgedTopic[] = [
  { pattern: '+/ring', direction: 'in', qos: 1 },
  { pattern: '+/stop', direction: 'in', qos: 1 },
  { pattern: '+/who', direction: 'in', qos: 1 },
  { pattern: '+/set', direction: 'in', qos: 1, only: 'set' },
  { pattern: '+/update', direction: 'in', qos: 1, only: 'updates' },
  { pattern: 'image/+/+', direction: 'in', qos: 1, only: 'updates' },
  { pattern: '+/status', direction: 'out', qos: 1 },
  { pattern: '+/info', direction: 'out', qos: 1 },
  { pattern: '+/rang', direction: 'out', qos: 1 },
  { pattern: '+/button', direction: 'out', qos: 1 },
  { pattern: '+/stats', direction: 'out', qos: 0 },
  { pattern: '+/update/status', direction: 'out', qos: 1 },
];
