import { mind, right, wrong, type Finding } from './finding.ts';

const PROVISION = 'Correct it with npx bell provision; mind capital letters and blanks.';
const RANGE = 'Does the network send on 2.4 GHz, and is it in range? Names count letter by letter. Correct it with ' +
  'npx bell provision.';

/** What the radio says about its network. `status` is in the words of either chip. */
export function wifiFinding(status: string, address: string): Finding {
  if (status === 'connected' && address !== '' && address !== '0.0.0.0') {
    return right('wifi', `Wi-Fi: connected as ${address}.`);
  }
  if (/bad_password|auth_fail|handshake|^(15|202|204)$/i.test(status)) {
    return wrong('wifi-password', 'Wi-Fi: the network refuses the password.', PROVISION);
  }
  if (/no_ap|^201$/i.test(status)) return wrong('no-wifi', 'Wi-Fi: no such network is in range.', RANGE);
  if (status === 'connected') {
    const cure = 'Has the router addresses left (DHCP)? Restart it.';
    return wrong('no-address', 'Wi-Fi: connected, and without an address.', cure);
  }
  const word = status === '' ? 'no word of it' : status;
  return wrong('no-wifi', `Wi-Fi: not connected (${word}).`, RANGE);
}

/** What it means that a device has an access point open; `security` is '' while it has none. */
export function accessPointFindings(security: string): Finding[] {
  if (security === '') return [];
  if (security === 'open') {
    return [wrong('open-door', 'Its access point is open to anybody.', 'Restart it; if it stays so, npx bell flash.')];
  }
  const cure = 'Join it with a phone, or run npx bell provision.';
  return [mind('portal', 'It waits at an access point of its own for its settings.', cure)];
}
