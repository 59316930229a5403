import { readFileSync } from 'node:fs';
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { Failure } from '../failure.ts';
import type { Bridge } from './bridge.ts';

/** How long the far broker may take to let us in, and to hand out what it has kept, ms. */
const PATIENCE = 15_000;
const LISTEN = 1500;

/**
 * Logs in at the far broker as the bridge would, with the same files, and looks for rings that were retained there: the
 * topics of those that would ring a bell whenever the bridge connects. Throws a Failure that says what is in the way.
 */
export async function checkFar(bridge: Bridge): Promise<string[]> {
  const client = await connect(bridge);
  try {
    const kept: string[] = [];
    client.on('message', (topic, _payload, { retain }) => { if (retain) kept.push(topic); });
    const topic = `${bridge.farPrefix}/+/ring`;
    const [grant] = await client.subscribeAsync(topic, { qos: 1 }).catch(() => []);
    if (!grant || (grant.qos as number) === 128) {
      throw new Failure(`${bridge.host} does not let the bridge listen to ${topic}`, 'Allow it: docs/brokers.md.');
    }
    await new Promise((done) => setTimeout(done, LISTEN));
    return kept.sort();
  } finally {
    await client.endAsync(true);
  }
}

function connect({ host, port, clientId, username, password, ca, cert, key, alpn }: Bridge): Promise<MqttClient> {
  const options: IClientOptions = {
    protocolVersion: 4, clean: true, reconnectPeriod: 0, connectTimeout: PATIENCE, servername: host,
    // Another client of the bridge's own name would throw it off.
    clientId: `${clientId.slice(0, 17)}-check`,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(ca === undefined ? {} : { ca: readFileSync(ca) }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
    ...(alpn === undefined ? {} : { ALPNProtocols: [alpn] }),
  };
  return new Promise((done, fail) => {
    const client = mqtt.connect(`mqtts://${host}:${port}`, options);
    const end = (error: Error & { code?: string | number }) => {
      client.end(true);
      fail(inWords(error, `${host}:${port}`));
    };
    client.once('connect', () => done(client));
    client.once('error', end);
    client.once('close', () => end(new Error('closed')));
  });
}

/** What an error of TLS or of the broker means, and what to do. */
function inWords(error: Error & { code?: string | number }, at: string): Failure {
  const code = String(error.code ?? '');
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code) && code !== 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return new Failure(`The certificate of ${at} is signed by nobody who is trusted (${code})`, 'Name the right --ca.');
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return new Failure(`The certificate of ${at} is for another host`, 'Give --host the name that is in it.');
  }
  if (code === '4' || code === '5') {
    return new Failure(`${at} refuses this user name or password`, 'Correct it, or allow the bridge to connect.');
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new Failure(`There is no host ${at}`, 'Correct --host.');
  if (/ALERT|SSL|ECONNRESET|EPROTO/.test(code) || error.message === 'closed') {
    return new Failure(
      `${at} ends the connection${code === '' ? '' : ` (${code})`}`,
      'It may not know the certificate of the bridge, or its policy does not allow it to connect.',
    );
  }
  return new Failure(`${at} does not answer${code === '' ? '' : ` (${code})`}`, 'Is port and firewall right?');
}
