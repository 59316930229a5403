/** A broker across the internet that a bridge leads to: what it is called, and what it asks of a bridge. */
export interface FarBroker {
  readonly name: string;
  readonly title: string;
  /** How a bridge proves who it is. */
  readonly login: 'certificate' | 'password' | 'any';
  /** Says where `--host` is found, or what is taken without it. */
  readonly host: string;
  /** Taken when no host is named; `USER` stands for the user name. */
  readonly usualHost?: string;
  readonly port: number;
  /** What tells MQTT from HTTP on port 443. */
  readonly alpn443?: string;
  readonly limits: {
    readonly topicBytes: number;
    /** Slashes in a topic. */
    readonly slashes: number;
    readonly clientId: number;
    /** Characters that a topic may have. */
    readonly topic: RegExp;
    readonly packetBytes?: number;
  };
  /** Whether a wildcard brings back what was retained. Where it does, a bridge hands on old rings: docs/brokers.md. */
  readonly retainedOnWildcard: boolean;
  /** Lines that the file says about itself. */
  readonly notes: readonly string[];
}

/** MQTT's own limits, where a broker has no other. */
const PLAIN = { topicBytes: 65535, slashes: 255, clientId: 23, topic: /^[^\0+#]*$/ };

/** Limits are those of the providers' documentation: AWS IoT Core's endpoints and quotas, and shiftr.io's manual. */
export const farBrokers: readonly FarBroker[] = [
  {
    name: 'aws',
    title: 'AWS IoT Core',
    login: 'certificate',
    host: 'the endpoint, such as abc-ats.iot.eu-central-1.amazonaws.com',
    port: 8883,
    alpn443: 'x-amzn-mqtt-ca',
    // QoS 2 is never acknowledged there; what a bell says and hears has at most 1.
    limits: { ...PLAIN, topicBytes: 256, slashes: 7, clientId: 128, packetBytes: 131_072 },
    retainedOnWildcard: false,
    notes: ['The policy of the certificate has to allow what docs/brokers.md lists.'],
  },
  {
    name: 'shiftr',
    title: 'shiftr.io',
    login: 'password',
    host: 'the instance (USER.cloud.shiftr.io)',
    usualHost: 'USER.cloud.shiftr.io',
    port: 8883,
    limits: { ...PLAIN, topicBytes: 128, clientId: 64, topic: /^[a-zA-Z0-9.,:;\-_$/]*$/, packetBytes: 65_536 },
    retainedOnWildcard: true,
    notes: ['It keeps no sessions: what is said to it while the bridge is away is lost, and a ring has to be.'],
  },
  {
    name: 'tls',
    title: 'a broker with TLS',
    login: 'any',
    host: 'the broker',
    port: 8883,
    limits: PLAIN,
    retainedOnWildcard: true,
    notes: [],
  },
];
