import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { command } from '../../scripts/commands/workshop.ts';
import { Failure } from '../../scripts/lib/failure.ts';
import { FakeIo } from './host.ts';

const folder = mkdtempSync(join(tmpdir(), 'bell-workshop-test-'));
after(() => rmSync(folder, { recursive: true }));

const FREE = { port: '0', http: '0', keys: join(folder, 'bell.keys.json') };

test('the workshop opens, prints one line with the address of the page, and closes on interrupt', async () => {
  const io = new FakeIo();
  const open = command.run(FREE, [], io);
  await io.seen(/The workshop is open at http:\/\/127\.0\.0\.1:\d+\/ \(MQTT at 127\.0\.0\.1:\d+; Ctrl-C ends it\)\n/);
  const [url] = /http:\S+/.exec(io.stdout)!;
  assert.match(await (await fetch(url)).text(), /<title>mqtt-bell workshop<\/title>/);
  assert.equal((await fetch(`${url}server.ts`)).status, 404);
  io.interrupt();
  assert.equal(await open, 0);
  await assert.rejects(fetch(url));
});

test('a port that somebody else has is named at once, with what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => other.once('listening', done));
  const { port } = other.address() as AddressInfo;
  await assert.rejects(command.run({ ...FREE, port: String(port) }, [], new FakeIo()), (error: Failure) => {
    assert.match(error.sentence, new RegExp(`^Port ${port} of 127.0.0.1 cannot be used: in use. End the program`));
    return true;
  });
  other.close();
});

test('options that make no sense are refused', async () => {
  const refusal = async (values: Record<string, string>) => {
    const run = command.run({ ...FREE, ...values }, [], new FakeIo());
    const error: unknown = await run.catch((caught: unknown) => caught);
    assert.ok(error instanceof Failure);
    return error.sentence;
  };
  assert.match(await refusal({ port: 'many' }), /--port takes a whole number, not "many"/);
  assert.match(await refusal({ http: '70000' }), /There is no port 70000/);
  assert.match(await refusal({ host: '203.0.113.1' }), /no such address on this machine. Name an address/);
});
