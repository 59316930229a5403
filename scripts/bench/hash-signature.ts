import { createHash, randomBytes } from 'node:crypto';

/**
 * A hash-based signature, as far as a benchmark needs one: Winternitz chains under a Merkle tree, in the manner of
 * XMSS (RFC 8391) with one hash a step, as in the "simple" variant of SLH-DSA. Not for use: a signer would have to
 * remember which of its one-time keys it has used.
 */
export interface Shape {
  readonly digest: 'SHA1' | 'SHA256';
  /** Bytes of a hash that are kept. */
  readonly bytes: number;
  /** Bits of the message that one chain signs: 2, 4 or 8. */
  readonly bits: number;
  /** Levels of the tree: it holds 2^levels one-time keys. */
  readonly levels: number;
}

/** Everything that is verified, as strings of bytes. */
export interface Signed {
  readonly seed: string;
  readonly root: string;
  readonly leaf: number;
  readonly message: string;
  /** The ends of the chains that are shown, then the way up the tree. */
  readonly signature: string;
  /** Hashes that verifying this signature takes. */
  readonly hashes: number;
}

/** Chains for the message, and for its checksum. */
export function chainsOf({ bytes, bits }: Shape): [message: number, checksum: number] {
  const message = (bytes * 8) / bits;
  const most = message * (2 ** bits - 1);
  return [message, Math.floor(Math.log2(most) / bits) + 1];
}

/** Signs a message with the one-time key of a leaf, all keys made for it alone. */
export function sign(shape: Shape, message: string, leaf: number): Signed {
  const seed = randomBytes(16).toString('latin1');
  const secret = randomBytes(32).toString('latin1');
  const hash = hashOf(shape, seed);
  const steps = 2 ** shape.bits - 1;
  const count = chainsOf(shape)[0] + chainsOf(shape)[1];
  const start = (at: number, i: number) => hash(9, at, i, 0, secret);
  const walk = (at: number, i: number, from: number, to: number, x: string) => {
    for (let step = from; step < to; step++) x = hash(0, at, i, step, x);
    return x;
  };
  const leaves = Array.from({ length: 2 ** shape.levels }, (_, at) => hash(1, at, 0, 0,
    Array.from({ length: count }, (_, i) => walk(at, i, 0, steps, start(at, i))).join('')));
  const digits = digitsOf(shape, hash(3, leaf, 0, 0, message));
  const shown = digits.map((digit, i) => walk(leaf, i, 0, digit, start(leaf, i)));
  const { root, way } = climb(leaves, leaf, (level, index, pair) => hash(2, 0, level, index, pair));
  const hashes = digits.reduce((sum, digit) => sum + steps - digit, 0) + 2 + shape.levels;
  return { seed, root, leaf, message, signature: [...shown, ...way].join(''), hashes };
}

function hashOf({ digest, bytes }: Shape, seed: string) {
  return (kind: number, leaf: number, a: number, b: number, text: string): string => {
    const input = seed + String.fromCharCode(kind, leaf, a, b) + text;
    return createHash(digest).update(input, 'latin1').digest().toString('latin1').slice(0, bytes);
  };
}

/** What each chain signs: the message's digits, then those of their checksum. */
function digitsOf(shape: Shape, hash: string): number[] {
  const { bits } = shape;
  const [message, checksum] = chainsOf(shape);
  const digits = Array.from({ length: message }, (_, i) => {
    const at = i * bits;
    return (hash.charCodeAt(at >> 3) >> (8 - bits - (at & 7))) & (2 ** bits - 1);
  });
  const sum = digits.reduce((all, digit) => all + 2 ** bits - 1 - digit, 0);
  const rest = Array.from({ length: checksum }, (_, i) => sum >> (bits * (checksum - 1 - i)));
  return [...digits, ...rest.map((digit) => digit & (2 ** bits - 1))];
}

type Join = (level: number, index: number, pair: string) => string;

function climb(leaves: string[], leaf: number, join: Join): { root: string; way: string[] } {
  const way: string[] = [];
  let row = leaves;
  for (let level = 0; row.length > 1; level++) {
    way.push(row[(leaf >> level) ^ 1]!);
    const below = row;
    row = Array.from({ length: below.length / 2 }, (_, i) => join(level, i, below[2 * i]! + below[2 * i + 1]!));
  }
  return { root: row[0]!, way };
}

/**
 * The program that verifies on the interpreter, a chain at a time, so that a bell could ring in between. It prints
 * whether the signature is right, ms of work, and ms of the longest piece. With `probe` it prints the most variables
 * that were in use instead.
 */
export function verifier(shape: Shape, { seed, root, leaf }: Signed, probe: boolean): string {
  const { digest, bytes, bits, levels } = shape;
  const [message, checksum] = chainsOf(shape);
  const steps = 2 ** bits - 1;
  const look = probe ? 'u=process.memory().usage;if(u>m)m=u;' : '';
  return `
var s=atob("${btoa(seed)}"),z=atob("${btoa(root)}"),i=0,n=0,e="",w=0,l=0,m=0,u=0,d;
function g(x){return require("Storage").read(x)}
function h(k,f,a,b,x){
x=E.toString(require("crypto").${digest}(E.toString(s+String.fromCharCode(k,f,a,b)+x))).substr(0,${bytes});${look}
return x}
function y(){
var t=getTime(),v=i<${message}?d.charCodeAt(i*${bits}>>3)>>${8 - bits}-(i*${bits}&7)&${steps}
:n>>${bits}*(${message + checksum - 1}-i)&${steps};
if(i<${message})n+=${steps}-v;
var x=g("sig").substr(i*${bytes},${bytes});
for(;v<${steps};v++)x=h(0,${leaf},i,v,x);
e+=x;i++;
t=getTime()-t;w+=t;if(t>l)l=t;
setTimeout(i<${message + checksum}?y:o,0)}
function o(){
var t=getTime(),x=h(1,${leaf},0,0,e),p;
for(i=0;i<${levels};i++){p=g("sig").substr((${message + checksum}+i)*${bytes},${bytes});
x=h(2,0,i,${leaf}>>i+1,${leaf}>>i&1?p+x:x+p)}
t=getTime()-t;w+=t;if(t>l)l=t;
print(x==z?"right":"wrong",${probe ? 'm' : 'w*1e3,l*1e3'})}
m=process.memory().usage;${probe ? 'print("before",m);' : ''}
d=h(3,${leaf},0,0,g("msg"));y();`;
}
