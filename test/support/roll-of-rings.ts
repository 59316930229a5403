import type { MqttClient } from 'mqtt';

/** Rings that were published, and what was said of each. */
export class RollOfRings {
  private readonly published = new Set<string>();
  private readonly said = new Map<string, string[]>();
  private look: () => void = () => undefined;

  private constructor(private readonly client: MqttClient) {
    client.on('message', (topic, payload) => {
      if (!topic.endsWith('/rang')) return;
      const { id = '', outcome } = JSON.parse(payload.toString()) as { id?: string; outcome: string };
      this.said.set(id, [...(this.said.get(id) ?? []), outcome]);
      this.look();
    });
  }

  /** Listens to all bells of this client's broker. */
  static async open(client: MqttClient): Promise<RollOfRings> {
    const roll = new RollOfRings(client);
    await client.subscribeAsync('bell/+/rang', { qos: 1 });
    return roll;
  }

  /** Rings a bell, with QoS 1; comes back once the broker has it. */
  async ring(bell: string): Promise<void> {
    const id = `${bell}-${this.published.size}`;
    this.published.add(id);
    await this.client.publishAsync(`bell/${bell}/ring`, JSON.stringify({ id, pattern: 50 }), { qos: 1 });
  }

  get count(): number {
    return this.published.size;
  }

  /** Rings of which nothing was said yet. */
  missing(): string[] {
    return [...this.published].filter((id) => !this.said.has(id));
  }

  /** How many rings have sounded. */
  get rung(): number {
    return [...this.said.values()].filter((outcomes) => outcomes.includes('rung')).length;
  }

  /** How many rings have come to what. */
  summary(): string {
    const outcomes = [...this.said.values()].map((said) => [...new Set(said)].join(' and '));
    const counts = [...new Set(outcomes)].map((what) => `${outcomes.filter((one) => one === what).length} ${what}`);
    return counts.join(', ');
  }

  /** Waits until something was said of every ring. */
  async complete(): Promise<void> {
    while (this.missing().length) await new Promise<void>((done) => { this.look = done; });
  }
}
