import { readFileSync } from 'node:fs';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { Certificates } from './certificates.ts';

/** What a client has shown in its handshake. */
export interface Handshake {
  readonly servername: string | false;
  readonly alpn: string | false | null;
  /** Name in the certificate of the client. */
  readonly client: string;
}

/** A TLS server as AWS IoT has one, in front of a broker without TLS: it wants a certificate and a protocol's name. */
export interface TlsFront {
  readonly port: number;
  readonly handshakes: Handshake[];
  /** Cuts the links there are, and takes no others until `open`. */
  cut(): void;
  open(): void;
  close(): void;
}

export async function tlsFront(to: number, certificates: Certificates, alpn: string): Promise<TlsFront> {
  const { ca, server: { cert, key } } = certificates;
  const handshakes: Handshake[] = [];
  const links = new Set<TLSSocket | Socket>();
  let isOpen = true;
  const server = createServer({
    ca: readFileSync(ca), cert: readFileSync(cert), key: readFileSync(key), requestCert: true, rejectUnauthorized: true,
    ALPNProtocols: [alpn],
  }, (socket) => {
    socket.on('error', () => undefined);
    if (!isOpen || socket.alpnProtocol !== alpn) return void socket.destroy();
    const subject = socket.getPeerCertificate().subject.CN;
    handshakes.push({
      servername: (socket as TLSSocket & { servername: string | false }).servername, alpn: socket.alpnProtocol,
      client: String(subject),
    });
    const behind = connect(to, '127.0.0.1');
    for (const link of [socket, behind]) {
      links.add(link);
      link.on('error', () => undefined).on('close', () => {
        links.delete(link);
        socket.destroy();
        behind.destroy();
      });
    }
    socket.pipe(behind).pipe(socket);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = () => {
    isOpen = false;
    for (const link of links) link.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port, handshakes, cut,
    open: () => { isOpen = true; },
    close: () => {
      cut();
      server.close();
    },
  };
}
