import { topicsOf, type Bridge } from './bridge.ts';

/** Where Debian and its like keep the certificates of the authorities that they trust. */
const TRUSTED = '/etc/ssl/certs';

/**
 * The bridge as a file for Mosquitto 2.
 *
 * A ring must never come late: `cleansession true` has the far broker forget what was rung while the bridge was away.
 * `local_cleansession false` keeps what the bells said meanwhile.
 */
export function mosquittoConfig(bridge: Bridge): string {
  const { far, host, port, clientId } = bridge;
  return [
    `# A bridge from the bells in the house to ${far.title}, made by bell bridge. docs/brokers.md explains it.`,
    ...far.notes.map((note) => `# ${note}`),
    ...(far.retainedOnWildcard ? RETAINED : []),
    `connection ${clientId}`,
    `address ${host}:${port}`,
    `remote_clientid ${clientId}`,
    ...login(bridge),
    ...tls(bridge),
    'bridge_protocol_version mqttv311',
    '# Only another Mosquitto understands what true would say.',
    'try_private false',
    '# What was rung while the bridge was away is lost, for it would be late; what the bells said is not.',
    'cleansession true',
    'local_cleansession false',
    'keepalive_interval 60',
    'restart_timeout 5 60',
    'notifications_local_only true',
    'bridge_attempt_unsubscribe false',
    ...(far.limits.packetBytes === undefined ? [] : [`bridge_max_packet_size ${far.limits.packetBytes}`]),
    ...topicsOf(bridge).map(({ pattern, direction, qos }) => {
      return `topic ${pattern} ${direction} ${qos} ${bridge.prefix}/ ${bridge.farPrefix}/`;
    }),
    '',
  ].join('\n');
}

const RETAINED = [
  '# Never retain a ring at the far broker: it would come again whenever the bridge connects.',
  '# bell bridge --check looks for such rings; bells with ring.needsAt and a time.server refuse them.',
];

function login({ username, password }: Bridge): string[] {
  return [
    ...(username === undefined ? [] : [`remote_username ${username}`]),
    ...(password === undefined ? [] : [`remote_password ${password}`]),
  ];
}

function tls({ ca, cert, key, alpn }: Bridge): string[] {
  return [
    ca === undefined ? `bridge_capath ${TRUSTED}` : `bridge_cafile ${ca}`,
    ...(cert === undefined ? [] : [`bridge_certfile ${cert}`]),
    ...(key === undefined ? [] : [`bridge_keyfile ${key}`]),
    ...(alpn === undefined ? [] : [`bridge_alpn ${alpn}`]),
    'bridge_tls_version tlsv1.2',
    'bridge_insecure false',
  ];
}
