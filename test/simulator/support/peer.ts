import { Duplex } from 'node:stream';
import { memoryNetwork } from '../../../simulator/index.ts';
import type { FaultyNetwork } from '../../../simulator/index.ts';

/** The other end of a board's connections, as a test sees it. */
export interface Peer {
  readonly network: FaultyNetwork;
  /** What boards have sent, one string a connection. */
  readonly received: string[];
  /** How connections ended: 'end' by the board, 'gone' without an end. */
  readonly endings: string[];
  /** Sends to the newest connection. */
  send(text: string): void;
  /** Ends the newest connection in order. */
  end(): void;
}

/** A peer that takes every connection but to port 1, which refuses, and to names that end in .invalid. */
export function makePeer(): Peer {
  const streams: Duplex[] = [];
  const received: string[] = [];
  const endings: string[] = [];
  const network = memoryNetwork((host, port) => {
    if (host.endsWith('.invalid')) throw new Error('no such host');
    if (port === 1) return undefined;
    const index = received.push('') - 1;
    const stream = new Duplex({
      read() { /* pushed by send */ },
      write(chunk: Buffer, _encoding, done) {
        received[index] += chunk.toString('latin1');
        done();
      },
      final(done) {
        endings.push('end');
        done();
      },
      destroy(error, done) {
        endings.push('gone');
        done(error);
      },
    });
    streams.push(stream);
    return stream;
  });
  return {
    network, received, endings,
    send: (text) => { streams.at(-1)?.push(Buffer.from(text, 'latin1')); },
    end: () => { streams.at(-1)?.push(null); },
  };
}

/** Boot code that joins the network and then runs `code` with `connect(port, host)` at hand. */
export function online(code: string): string {
  return `var net=require("net");
function listen(c){
  c.on("data",function(d){print("data",d.length,d.substr(0,8))});c.on("drain",function(){print("drain")});
  c.on("end",function(){print("end")});c.on("close",function(e){print("close",e)});
  c.on("error",function(e){print("error",e.code,e.message)});return c}
function connect(port,host){
  return listen(net.connect({host:host||"10.0.0.1",port:port||1883},function(){print("connect")}))}
function go(){${code}}
if(process.env.BOARD=="LINUX")go();else require("Wifi").connect("home",{password:"secret"},go);`;
}
