import type { MqttClient } from 'mqtt';

/** The outcome of a ring on one bell, as published on `rang`. */
export interface Answer {
  readonly bell: string;
  readonly id: string;
  readonly outcome: string;
  readonly ms?: number;
  readonly reason?: string;
}

/** What was heard after a ring. */
export interface Heard {
  readonly answers: readonly Answer[];
  /** What the bell's status topic says; empty when it says nothing, as for a group. */
  readonly status: string;
  /** Why listening ended: the bell answered, the time was over, the broker hung up, or the user did. */
  readonly end: 'answered' | 'timeout' | 'lost' | 'interrupted';
}

/** Reads a message on a `rang` topic; undefined when it is not about the ring `id`. */
function readAnswer(prefix: string, topic: string, payload: string, id: string): Answer | undefined {
  if (!topic.startsWith(`${prefix}/`) || !topic.endsWith('/rang')) return undefined;
  const bell = topic.slice(prefix.length + 1, -'/rang'.length);
  try {
    const said = JSON.parse(payload) as Partial<Answer>;
    return said.id === id && typeof said.outcome === 'string' ? { ...(said as Answer), bell } : undefined;
  } catch {
    return undefined;
  }
}

/** Listens for what becomes of the ring `id` that is sent to `name`, a bell or a group. */
export class Answers {
  private readonly answers: Answer[] = [];
  private status = '';
  private readonly ended: Promise<Heard['end']>;

  /** Make it before subscribing: the retained status comes with the subscription. */
  constructor(client: MqttClient, prefix: string, name: string, id: string) {
    this.ended = new Promise((done) => {
      client.once('close', () => done('lost'));
      client.on('message', (topic, payload) => {
        if (topic === `${prefix}/${name}/status`) this.status = payload.toString();
        const answer = readAnswer(prefix, topic, payload.toString(), id);
        if (answer) this.answers.push(answer);
        if (answer?.bell === name) done('answered');
      });
    });
  }

  /** Waits until the bell of that name has answered; for a group until the end, as nobody knows who belongs to it. */
  async wait(timeoutMs: number, signal: AbortSignal): Promise<Heard> {
    let stop: () => void = () => undefined;
    const otherwise = new Promise<Heard['end']>((done) => {
      const timer = setTimeout(() => done('timeout'), timeoutMs);
      const interrupt = () => done('interrupted');
      signal.addEventListener('abort', interrupt);
      stop = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', interrupt);
      };
    });
    const end = await Promise.race([this.ended, otherwise]);
    stop();
    return { answers: this.answers, status: this.status, end };
  }
}
