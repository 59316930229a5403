import assert from 'node:assert/strict';
import test from 'node:test';
import { beds, ModuleBench } from '../support/bench-module.ts';

for (const bed of beds) {
  const { skip } = bed;

  test(`connects and says goodbye (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ will: { topic: 'will', message: 'gone' } });
      mqtt.on('connected', function() { say('now', mqtt.connected); mqtt.disconnect(); });
      mqtt.on('disconnected', function() { say('then', mqtt.connected); });
      mqtt.connect();`);
    const published = bench.broker.published();
    await bench.all('connected false', 'connect false', 'now true', 'disconnected disconnected',
      'close disconnected', 'then false');
    await bench.until(() => bench.broker.connections === 0);
    assert.deepEqual(published, []);
    assert.ok(!bench.running.lines.some((line) => line.startsWith('error')));
  });

  test(`connects by one call with user name and password (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = MQTT.connect({ host: '127.0.0.1', port: PORT, username: 'bell', password: 'ring' });
      mqtt.on('connected', function() { say('in as', mqtt.client_id.substr(0, 9)); });`);
    await bench.line('in as espruino-');
  });

  test(`tells why the broker refuses it, and does not say that it is connected (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ username: 'bell', password: 'wrong' });
      mqtt.connect();`);
    await bench.all('error Connection refused, BAD_USER_NAME_OR_PASSWORD', 'disconnected bad user name or password');
    assert.ok(!bench.running.lines.some((line) => line.startsWith('connect')));
  });

  test(`tells that there is no broker (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = MQTT.create('127.0.0.1', { port: 1 });
      mqtt.on('error', function(reason) { say('error', typeof reason); });
      mqtt.on('disconnected', function() { say('disconnected'); });
      mqtt.connect();`);
    await bench.all('error string', 'disconnected');
  });

  test(`leaves a will, with its QoS and retained (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      client({ will: { topic: 'will', message: 'gone', qos: 1, retain: true } }).connect();`);
    const published = bench.broker.published();
    await bench.line('connected false');
    bench.broker.cut();
    await bench.until(() => published.length > 0);
    assert.deepEqual(published, ['will=gone qos1 retain']);
  });

  test(`stays away when the connection is lost (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('disconnected', function() { setTimeout(function() { say('still', mqtt.connected); }, 2500); });
      mqtt.connect();`);
    await bench.line('connected false');
    bench.broker.cut();
    await bench.line('disconnected connection lost');
    await bench.line('still false');
    assert.equal(bench.broker.connections, 0);
  });

  test(`comes back as often as it is told to connect again (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('disconnected', function() { setTimeout(function() { mqtt.connect(); }, 50); });
      mqtt.connect();`);
    for (let i = 0; i < 3; i++) {
      await bench.line('connected false');
      bench.broker.cut();
    }
    await bench.line('connected false');
  });

  test(`comes back by itself when it is asked to (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ reconnect: true });
      mqtt.on('message', function() { mqtt.disconnect(); });
      mqtt.on('connected', function() { mqtt.subscribe('end'); });
      mqtt.connect();`);
    await bench.line('connected false');
    bench.broker.cut();
    await bench.line('connected false');
    await bench.line(/^subscribed/);
    await bench.broker.publish('end', '');
    await bench.line('close disconnected');
    await bench.until(() => bench.broker.connections === 0);
  });

  test(`gets what it missed when its session is stored (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ clean_session: false, reconnect: true });
      mqtt.on('connected', function(present) { if (!present) mqtt.subscribe('a', { qos: 1 }); });
      mqtt.connect();`);
    await bench.line(/^subscribed/);
    bench.broker.cut();
    await bench.until(() => bench.broker.connections === 0);
    await bench.broker.publish('a', 'missed', 1);
    await bench.line('connected true');
    await bench.line('message a=missed');
  });

  test(`is forgotten by the broker when its session is not stored (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ reconnect: true });
      mqtt.once = 0;
      mqtt.on('connected', function() { if (!mqtt.once++) mqtt.subscribe('a', { qos: 1 }); });
      mqtt.connect();`);
    await bench.line(/^subscribed/);
    bench.broker.cut();
    await bench.until(() => bench.broker.connections === 0);
    await bench.broker.publish('a', 'missed', 1);
    await bench.line('connected false');
    await bench.broker.publish('a', 'missed too', 1);
    assert.ok(!bench.running.lines.some((line) => line.startsWith('message')));
  });

  test(`takes a socket that is open already (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      var socket = require('net').connect({ host: '127.0.0.1', port: PORT }, function() { mqtt.connect(socket); });
      mqtt.on('connected', function() { mqtt.subscribe('a'); });`);
    await bench.line(/^subscribed/);
    await bench.broker.publish('a', 'hello');
    await bench.line('message a=hello');
    bench.broker.cut();
    await bench.line('disconnected connection lost');
  });

  test(`takes any object that writes (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      var radio = {
        write: function(bytes) { say('wrote', bytes.charCodeAt(0) >> 4); },
        end: function() { say('ended'); },
      };
      mqtt.on('connected', function() { mqtt.publish('a', 'b'); setTimeout(function() { radio.emit('end'); }, 50); });
      mqtt.connect(radio);
      radio.emit('data', '\\x20\\x02\\x00\\x00');`);
    await bench.all('wrote 1', 'connected false', 'wrote 3', 'disconnected connection lost', 'ended');
  });

  test(`ignores a second connect in the middle of a connection (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.connect();
      mqtt.connect();
      mqtt.on('connected', function() {
        mqtt.connect();
        mqtt.connect({ write: function() { say('wrote'); }, end: function() {} });
        setTimeout(function() { say('still', mqtt.connected); }, 300);
      });`);
    await bench.line('still true');
    assert.equal(bench.broker.connections, 1);
    assert.ok(!bench.running.lines.includes('wrote'));
  });
}
