import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Files in PEM, made with openssl in a folder of the test. */
export interface Certificates {
  readonly ca: string;
  /** For the host `localhost`. */
  readonly server: { readonly cert: string; readonly key: string };
  readonly client: { readonly cert: string; readonly key: string };
  /** Of an authority that has signed none of these. */
  readonly stranger: string;
}

/** An authority, a server and a client that it knows, and another authority. Valid for two days. */
export function makeCertificates(openssl: string, folder: string): Certificates {
  const at = (name: string) => join(folder, name);
  const run = (...args: string[]) => execFileSync(openssl, args, { cwd: folder, stdio: 'pipe' });
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = (name: string) => {
    const files = ['-keyout', `${name}.key`, '-out', `${name}.pem`];
    run('req', '-x509', ...newKey, ...files, '-days', '2', '-subj', `/CN=${name}`);
    return at(`${name}.pem`);
  };
  const signed = (name: string, extension: string) => {
    run('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
    writeFileSync(at(`${name}.ext`), `${extension}\n`);
    run(
      'x509', '-req', '-in', `${name}.csr`, '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2',
      '-extfile', `${name}.ext`, '-out', `${name}.pem`,
    );
    return { cert: at(`${name}.pem`), key: at(`${name}.key`) };
  };
  return {
    ca: authority('ca'),
    server: signed('localhost', 'subjectAltName=DNS:localhost'),
    client: signed('house', 'extendedKeyUsage=clientAuth'),
    stranger: authority('stranger'),
  };
}
