import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { newRequest, readRequest } from '../../../firmware/core/portal/request.ts';

/** Reads a request that comes in these pieces; gives what it is, its fields whole, and how many pieces it took. */
function read(pieces: readonly string[]) {
  const request = newRequest();
  const fields: [string, string][] = [];
  let taken = 0;
  let isAll = false;
  for (const piece of pieces) {
    if (isAll) break;
    isAll = readRequest(request, piece, (name, value) => {
      const last = fields.at(-1);
      if (last?.[0] === name) last[1] += value;
      else fields.push([name, value]);
    });
    taken++;
  }
  return { request, fields, taken, isAll };
}

function cut(text: string, places: readonly number[]): string[] {
  const ends = [...places.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b);
  return ends.map((end, index) => text.slice(index ? ends[index - 1] : 0, end));
}

const BODY = 'n=front&s=&o=caf%C3%A9+%261&k=a%20b&h=broker&p=1883&t=0123456789abcdef&l=1';
const LONG = `User-Agent: ${'Mozilla/5.0 (Linux; Android 10) '.repeat(6)}`;
const POST = `POST / HTTP/1.1\r\nHost: 192.168.4.1\r\n${LONG}\r\nOrigin:http://192.168.4.1 \r\n`
  + `content-length: ${BODY.length}\r\n\r\n${BODY}`;
const FIELDS = [
  ['n', 'front'], ['s', ''], ['o', 'caf\xc3\xa9 &1'], ['k', 'a b'], ['h', 'broker'], ['p', '1883'],
  ['t', '0123456789abcdef'], ['l', '1'],
];

test('a request is understood in whatever pieces it comes', () => {
  fc.assert(fc.property(fc.array(fc.nat(), { maxLength: 12 }), fc.boolean(), (places, isUnix) => {
    const text = isUnix ? POST.replaceAll('\r\n', '\n') : POST;
    const { request, fields, isAll } = read(cut(text, places));
    assert.ok(isAll);
    const { verb, path, ours, far, bad } = request;
    assert.deepEqual([verb, path, ours, far, bad], ['POST', '/', 1, 0, 0]);
    assert.deepEqual(fields, FIELDS);
  }));
  assert.deepEqual(read([...POST]).fields, FIELDS);
});

test('a request has not come before its last byte', () => {
  for (let length = 0; length < POST.length; length += 7) assert.ok(!read([POST.slice(0, length)]).isAll, `${length}`);
});

test('what comes behind a request is no part of it', () => {
  assert.deepEqual(read([`${POST}&x=1`]).fields, FIELDS);
  assert.deepEqual(read(['GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\nn=1']).fields, []);
});

test('no bytes throw, nothing grows without end, and no field has a byte that a setting may not have', () => {
  const junk = fc.string({ unit: 'binary-ascii', maxLength: 300 });
  const byte = fc.constantFrom('\r\n', '\n', '\0', '%', '%4', '%41', '&', '=', ':', 'POST / HTTP/1.1\r\n',
    'Content-Length: 9\r\n', 'Content-Length: -9\r\n', 'Content-Length: 99999\r\n', ' ', 'n=a', '\xff');
  fc.assert(fc.property(fc.array(fc.oneof(junk, byte), { maxLength: 60 }), (pieces) => {
    const { request, fields } = read(pieces);
    assert.ok(request.rest.length <= 64, `${request.rest.length} bytes are kept`);
    for (const [name, value] of fields) {
      assert.ok(name);
      assert.doesNotMatch(value, /[\x00-\x1f\x7f]/);
    }
  }));
});

test('a head or a form that is too long is refused before it is all in memory', () => {
  const head = 'POST / HTTP/1.1\r\n';
  for (const text of [`GET /${'x'.repeat(9000)}`, `${head}X: ${'x'.repeat(9000)}`, head + 'X: yy\r\n'.repeat(2000)]) {
    const { request, isAll } = read(text.match(/[^]{1,500}/g)!);
    assert.deepEqual([isAll, request.bad, request.rest], [true, 413, '']);
  }
  const form = `${head}Content-Length: 2000\r\n\r\n${'n=a&'.repeat(500)}`;
  const { request, fields, isAll } = read(form.match(/[^]{1,500}/g)!);
  assert.deepEqual([isAll, request.bad, request.rest, fields], [true, 413, '', []]);
});
