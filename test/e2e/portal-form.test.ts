import assert from 'node:assert/strict';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import d1Mini from '../../boards/d1-mini.ts';
import { encode, networksIn, valuesIn } from '../../scripts/bench/form-page.ts';
import { bareBell, home, lonelyBell } from '../support/lonely-bell.ts';
import { HOST } from '../support/phone.ts';

const MINUTE = 60_000;

/** A bell with all that it can have to lose, whose network is gone. */
const rich = {
  id: 'front', wifi: [home, { ssid: 'shed', password: 's3cret-shed' }],
  mqtt: { username: 's3cret-user', password: 's3cret-mqtt', qos: 2 },
  update: { key: '5ec3e7'.padEnd(64, '0') }, ring: { ttl: 77 }, portal: { afterS: 30 },
};

test('the form shows what is known, and no secret', async (context) => {
  const { opens, board, phone } = await lonelyBell(context, d1Mini, rich);
  board.wifi(false);
  await opens();
  const { status, text } = await phone.get();
  assert.equal(status, 200);
  const { n, h, p, s } = valuesIn(text);
  assert.deepEqual([n, h, p, networksIn(text)[Number(s)]], ['front', 'broker', '1883', 'home']);
  assert.doesNotMatch(text, /s3cret|5ec3e7|secret123/);
  assert.match(text, /Content-Security-Policy: default-src 'none';/);
});

test('an empty password keeps what is stored, and nothing else is lost', async (context) => {
  const { opens, board, phone, stored } = await lonelyBell(context, d1Mini, rich);
  board.wifi(false);
  await opens();
  const before = stored();
  assert.match((await phone.post({ n: 'back', p: '1884' })).text, /Stored/);
  assert.deepEqual(stored(), {
    ...before, id: 'back', mqtt: { ...before.mqtt, port: 1884 },
  });
});

test('another network comes first and those of before stay; login and its absence are stored', async (context) => {
  const { opens, board, phone, stored, scene } = await lonelyBell(context, d1Mini, rich);
  board.wifi(false);
  await opens();
  const fields = { s: '', o: 'caf\xc3\xa9 "1" <b>', k: 'a b&c=d%+e', u: 'ada', w: 'x'.repeat(256) };
  assert.match((await phone.post(fields)).text, /joins caf\xc3\xa9 &#34;1&#34; &#60;b&#62;\./);
  const first = { ssid: 'caf\xc3\xa9 "1" <b>', password: 'a b&c=d%+e' };
  assert.deepEqual(stored().wifi, [first, ...rich.wifi]);
  assert.deepEqual([stored().mqtt.username, stored().mqtt.password], ['ada', 'x'.repeat(256)]);
  await scene.waiting.until('the restart', () => board.restarts === 1);
  await opens();
  assert.match((await phone.post({ x: '1' })).text, /Stored/);
  assert.deepEqual([stored().mqtt.username, stored().mqtt.password], ['', '']);
});

test('a login is told to no other broker than its own', async (context) => {
  const { opens, board, phone, stored } = await lonelyBell(context, d1Mini, rich);
  board.wifi(false);
  await opens();
  const before = stored();
  assert.match((await phone.post({ h: '10.0.0.9' })).text, /not told the user name of this one: type it again/);
  assert.deepEqual(stored(), before);
  assert.match((await phone.post({ h: '10.0.0.9', u: 'ada' })).text, /Stored/);
  const { host, username, password } = stored().mqtt;
  assert.deepEqual([host, username, password], ['10.0.0.9', 'ada', '']);
});

const wrong: [string, Record<string, string>, RegExp][] = [
  ['a name with capitals', { n: 'Front' }, /Name must be a name: 0 to 32 of a-z, 0-9 and -\. Nothing was stored/],
  ['the name of all', { n: 'all' }, /Name must not be all/],
  ['no network', { s: '', o: '' }, /Wi-Fi must be a name of 1 to 31 bytes/],
  ['a network that is none of the list', { s: '99', o: '' }, /Wi-Fi must be/],
  ['a network by a name that every object has', { s: 'on', o: '' }, /Wi-Fi must be/],
  ['a password that is too short', { k: 'seven77' }, /a password of none, or 8 to 63/],
  ['no broker', { h: '' }, /Broker is missing/],
  ['a broker with its protocol', { h: 'mqtt://host' }, /Broker must be the name or address of a host/],
  ['a port that is none', { p: '70000' }, /Port must be a whole number from 1 to 65535/],
  ['a port that is no number', { p: '1e3' }, /Port must be/],
  ['a password without a user', { w: 'secret' }, /needs a user name/],
  ['a user name that is too long', { u: 'x'.repeat(257) }, /User name must be a text of 0 to 256 bytes/],
];

test('what is wrong is said, with what is allowed, and nothing is stored or lost', async (context) => {
  const { opens, phone, stored, board } = await bareBell(context, d1Mini);
  await opens();
  const before = stored();
  for (const [what, fields, answer] of wrong) {
    const page = await phone.post({ h: 'broker', o: 'my shed', ...fields });
    assert.equal(page.status, 400, what);
    assert.match(page.text, answer, what);
    assert.equal(valuesIn(page.text)['o'], fields['o'] ?? 'my shed', 'what was typed is still there');
    assert.doesNotMatch(page.text, /seven77|value="?secret/);
    assert.deepEqual(stored(), before, what);
  }
  assert.equal(board.restarts, 0);
});

test('no request does harm, whatever is in it, and the form is there afterwards', async (context) => {
  const { opens, phone, stored, board, time } = await bareBell(context, d1Mini);
  await opens();
  const before = stored();
  const post = (head: string, body = '') => phone.send(`POST / HTTP/1.1\r\nHost: ${HOST}\r\n${head}\r\n\r\n`, body);
  assert.equal((await phone.send('\r\n\r\n')).status, 400);
  assert.equal((await phone.send('GET /\r\n\r\n')).status, 400);
  assert.equal((await phone.send(Buffer.from([0x16, 3, 1, 0, 200, 10, 13, 10]))).status, 400);
  assert.equal((await phone.send(`GET / HTTP/1.1\r\nX: ${'x'.repeat(9000)}`)).status, 413);
  assert.equal((await phone.send(`GET / HTTP/1.1\r\n${'X: yyyyyyyyyyyyyyyyyyyy\r\n'.repeat(400)}`)).status, 413);
  assert.equal((await post('Content-Length: 5000', 'n='.padEnd(5000, 'x'))).status, 413);
  assert.equal((await post('Content-Length: 99999999')).status, 413);
  assert.equal((await post('Content-Length: -1')).status, 400);
  assert.equal((await post('Content-Length: 1e1', 'n=12345678')).status, 400);
  assert.equal((await post('Transfer-Encoding: chunked', '0\r\n\r\n')).status, 400);
  assert.equal((await post('Content-Length: 6', 'n=%zz1')).status, 400);
  assert.equal((await post('Content-Length: 5', 'n=%00')).status, 400);
  assert.equal((await post('Content-Length: 3', 'abc')).status, 400);
  assert.equal((await post('Content-Length: 0')).status, 403);
  assert.equal((await phone.get('/favicon.ico')).status, 404);
  assert.equal((await phone.get()).status, 200);
  assert.deepEqual(stored(), before);
  await time.advance(MINUTE);
  assert.equal(board.restarts, 0);
  assert.doesNotMatch(board.consoleText, /Uncaught/);
});

test('a page from elsewhere in the same browser cannot store anything', async (context) => {
  const { opens, phone, stored } = await bareBell(context, d1Mini);
  await opens();
  const before = stored();
  const good = { s: '', o: 'evil', h: 'evil.example' };
  assert.equal((await phone.post(good, { Origin: 'http://evil.example' })).status, 403);
  assert.equal((await phone.post(good, { Origin: 'null' })).status, 403);
  assert.equal((await phone.post(good, { Host: 'evil.example', Origin: 'http://evil.example' })).status, 302);
  assert.equal((await phone.postBytes(encode({ n: 'x', ...good }), {})).status, 403, 'without the token');
  assert.equal((await phone.post({ ...good, t: '0'.repeat(16) }, {})).status, 403);
  assert.deepEqual(stored(), before);
  assert.equal((await phone.post(good, {})).status, 200, 'an old browser does not say where a form is from');
});

test('what a network is called does no harm to the page', async (context) => {
  const names = [
    '<script>alert(1)</script>', '"><b>', '\'onload=x', '&lt;', '\x01\x7f\x1b[2J', '\xff\xfe\xc3', 'caf\xc3\xa9',
  ];
  const accessPoints = [...names, '', 'x'.repeat(32)].map((ssid) => ({ ssid, password: 'secret123' }));
  const { opens, phone, stored } = await bareBell(context, d1Mini, undefined, accessPoints);
  await opens();
  const { text } = await phone.get();
  assert.doesNotMatch(text, /<script|<b>|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]/);
  assert.deepEqual(networksIn(text), names.map((name) => name.replace(/[\x00-\x1f\x7f]/g, '?')));
  // The bytes of the name are what counts, not what a browser makes of them.
  await phone.post({ s: '5', h: 'broker', k: 'secret123' });
  assert.equal(stored().wifi[0]?.ssid, '\xff\xfe\xc3');
});

test('networks are looked for again when somebody asks, and an old form is told from a new one', async (context) => {
  const { opens, phone, time, stored } = await bareBell(context, d1Mini);
  await opens();
  const old = valuesIn((await phone.get()).text);
  assert.match((await phone.get('/again')).text, /Looking for networks/);
  await time.advance(10_000);
  const page = await phone.postBytes(encode({ ...old, h: 'broker', k: 'secret123' }));
  assert.match(page.text, /another one now: choose again/);
  assert.deepEqual(stored().wifi, []);
  assert.match((await phone.postBytes(encode({ ...valuesIn(page.text), k: 'secret123' }))).text, /Stored/);
});

test('who says nothing gives way, and who sends half of something is sent away after five seconds', async (context) => {
  const { opens, phone, time, board } = await bareBell(context, d1Mini);
  await opens();
  let ended = 0;
  const hear = (stream: Duplex) => stream.resume().on('end', () => { ended++; });
  hear(phone.connect()!);
  hear(phone.connect()!);
  assert.equal((await phone.get()).status, 200);
  const slow = phone.connect()!;
  hear(slow);
  slow.write(`POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 100\r\n\r\nn=a&h=b`);
  await time.advance(100);
  assert.match((await phone.get()).text, /^HTTP\/1\.1 503 [^]*\r\nRefresh: 3;url=\/\r\n/);
  assert.equal((await phone.get('/generate_204', 'connectivitycheck.example')).status, 302);
  await time.advance(7000);
  assert.equal(ended, 3);
  assert.match((await phone.post({ h: 'broker' })).text, /Stored/);
  assert.doesNotMatch(board.consoleText, /Uncaught/);
});

test('a phone that opens four connections at once gets its form over one of them', async (context) => {
  const { opens, phone, time } = await bareBell(context, d1Mini);
  await opens();
  const spare = [phone.connect()!, phone.connect()!];
  const pages = await Promise.all([phone.get(), phone.get('/hotspot-detect.html', 'captive.example')]);
  assert.deepEqual(pages.map(({ status }) => status), [200, 302]);
  for (const stream of spare) stream.destroy();
  await time.advance(100);
  assert.match((await phone.post({ h: 'broker' })).text, /Stored/);
});

test('twenty connections at once are never many, and the form is there afterwards', async (context) => {
  const { opens, phone, time, board } = await bareBell(context, d1Mini);
  await opens();
  let most = 0;
  for (let i = 0; i < 20; i++) {
    phone.connect()?.resume().write(`GET /${'x'.repeat(i)} HTTP/1.1\r\nHost: ${HOST}\r\n${i % 2 ? '\r\n' : ''}`);
    await time.advance(10);
    most = Math.max(most, board.run!.net.count);
  }
  assert.ok(most <= 5, `${most} sockets, with those that listen`);
  await time.advance(10_000);
  assert.equal((await phone.get()).status, 200);
});

test('a form that comes byte by byte is read', async (context) => {
  const { opens, phone, time, stored } = await bareBell(context, d1Mini);
  await opens();
  const body = encode({ ...valuesIn((await phone.get()).text), h: 'a.broker', k: 'p%&=+ \xc3\xa9' });
  const stream = phone.connect()!;
  let text = '';
  stream.on('data', (bytes: Buffer) => { text += bytes.toString('latin1'); });
  for (const byte of `POST / HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: ${body.length}\r\n\r\n${body}`) {
    stream.write(byte);
    await time.advance(10);
  }
  await time.advance(3000);
  assert.match(text, /Stored/);
  assert.equal(stored().wifi[0]?.password, 'p%&=+ \xc3\xa9');
});

test('a phone that vanishes without a word takes no place for ever, and no memory that grows', async (context) => {
  const { opens, phone, time, network, board } = await bareBell(context, d1Mini);
  await opens();
  for (let i = 0; i < 3; i++) phone.connect()!.write('GET / HTTP/1.1\r\nHost: ');
  network.halfOpen();
  await time.advance(30_000);
  for (let i = 0; i < 10; i++) assert.equal((await phone.get()).status, 200);
  assert.ok(board.run!.net.count < 6, `${board.run!.net.count} sockets`);
});

test('any other page is sent to the form, and any name leads there: a phone offers it by itself', async (context) => {
  const { opens, phone, network, board, time } = await bareBell(context, d1Mini);
  await opens();
  const { status, text } = await phone.get('/generate_204', 'connectivitycheck.example');
  assert.equal(status, 302);
  assert.match(text, /Location: http:\/\/192\.168\.4\.1\/\r\n/);
  const question = '\x12\x34\x01\x00\0\x01\0\0\0\0\0\0\x03www\x07example\0\0\x01\0\x01';
  let answer = '';
  const heard = (bytes: Uint8Array) => { answer = Buffer.from(bytes).toString('latin1'); };
  network.post(board.mac, 53, Buffer.from(question, 'latin1'), heard);
  await time.advance(100);
  assert.equal(answer.slice(0, 8), '\x12\x34\x81\x80\0\x01\0\x01');
  assert.equal(answer.slice(-4), '\xc0\xa8\x04\x01');
});
