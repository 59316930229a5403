import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import linux from '../../boards/linux.ts';
import { makeStorage } from '../../scripts/lib/storage-image.ts';
import { buildProgram, runStorage } from '../support/on-interpreter.ts';
import { optional } from '../support/optional.ts';
import { timeAnswer } from '../support/time-server.ts';

const espruino = optional('espruino');
const QUESTIONS = 16;

/**
 * Asks when the last question was answered, and tells before whether the clock is set and what is in use. After every
 * other answer the socket is lost.
 */
const PROBE = `
import { askTime, now } from '/firmware/hal/time.ts';

const its = global as any;
let left = ${QUESTIONS};
function ask() {
  print(now() ? 'set' : 'unset', process.memory().usage);
  if (!left--) return print('done');
  its.answered = ask;
  if (left & 1) askTime('localhost');
  else {
    its.lost = () => askTime('localhost');
    if (its.socket) its.socket.close();
    else its.lost();
  }
}
ask();
`;

/** Leads what is for a time server to this port, because theirs is not everybody's, and tells when it was answered. */
const elsewhere = (port: number) => `global.UDP=require("dgram");global.lost=0;global.socket=0;
Modules.addCached("dgram",function(){exports.createSocket=function(t){
  var s=UDP.createSocket(t),f=s.send;s.send=function(m,p,h){f.call(s,m,${port},h)};global.socket=s;
  s.on("message",function(){setTimeout(answered,0)});s.on("close",function(){
    var f=lost;lost=0;if(f)setTimeout(f,0)});return s}});`;

/** A time server. Gives its port, and the ports that it was asked from. */
async function server(context: TestContext): Promise<{ port: number; askers: number[] }> {
  const socket = createSocket('udp4');
  const askers: number[] = [];
  context.after(() => socket.close());
  socket.on('message', (question, { port, address }) => {
    askers.push(port);
    socket.send(timeAnswer(question, Date.now() / 1000), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return { port: socket.address().port, askers };
}

test('one socket asks until it is lost, and then another, and nothing of it stays', { skip: espruino.skip },
  async (context) => {
    const { port, askers } = await server(context);
    const code = elsewhere(port) + await buildProgram(linux, PROBE);
    const run = runStorage(espruino.path!, await makeStorage(linux, new Uint8Array(), code));
    context.after(() => run.interpreter.stop());
    await run.line(/^done$/);
    const told = run.lines.filter((line) => /^(un)?set /.test(line));
    assert.deepEqual(told.map((line) => line.split(' ')[0]), ['unset', ...Array<string>(QUESTIONS).fill('set')]);
    assert.equal(askers.length, QUESTIONS);
    assert.equal(new Set(askers).size, QUESTIONS / 2 + 1);
    const usage = told.map((line) => Number(line.split(' ')[1]));
    assert.equal(usage[QUESTIONS], usage[4], usage.join(' '));
  });
