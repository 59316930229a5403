import assert from 'node:assert/strict';
import test from 'node:test';
import { beds, ModuleBench } from '../support/bench-module.ts';

for (const bed of beds) {
  const { skip } = bed;

  test(`publishes with QoS 0, 1 and 2, and retained (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('connected', function() {
        say('id', mqtt.publish('a', 'zero'));
        say('id', mqtt.publish('b', 'one', { qos: 1 }) > 0);
        mqtt.publish('c', 'two', { qos: 2, retain: true });
        mqtt.publish('d', 4);
      });
      mqtt.connect();`);
    const published = bench.broker.published();
    await bench.line(/^puback \\d+$|^puback/);
    await bench.line(/^pubcomp/);
    await bench.all('id 0', 'id true');
    await bench.until(() => published.length === 4);
    assert.deepEqual(published.sort(), ['a=zero qos0', 'b=one qos1', 'c=two qos2 retain', 'd=4 qos0']);
  });

  test(`receives QoS 0, 1 and 2 in order, once each (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('connected', function() { mqtt.subscribe('t/#', { qos: 2 }); });
      mqtt.on('publish', function(p) {
        say('publish', [p.topic, p.message, p.qos, p.dup, p.retain, p.pid ? p.pid.length : p.pid].join());
      });
      mqtt.connect();`);
    await bench.line(/^subscribed/);
    await bench.broker.publish('t/0', 'zero', 0);
    await bench.broker.publish('t/1', 'one', 1);
    await bench.broker.publish('t/2', 'two', 2);
    await bench.line('message t/2=two');
    const lines = bench.running.lines.filter((line) => line.startsWith('publish'));
    assert.deepEqual(lines, ['publish t/0,zero,0,0,0,0', 'publish t/1,one,1,0,0,2', 'publish t/2,two,2,0,0,2']);
  });

  test(`tells a retained message from a fresh one (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('message', function(topic) { if (topic === 'go') mqtt.subscribe('old'); });
      mqtt.on('publish', function(p) { say('retain', p.topic + p.retain); });
      mqtt.on('connected', function() { mqtt.subscribe('go'); });
      mqtt.connect();`);
    await bench.line(/^subscribed/);
    await bench.broker.publish('old', 'x', 0, true);
    await bench.broker.publish('go', 'x');
    await bench.line('retain old1');
  });

  test(`hands over bytes as they are (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('connected', function() { mqtt.subscribe('a'); });
      mqtt.on('publish', function(p) {
        var codes = [];
        for (var i = 0; i < p.message.length; i++) codes.push(p.message.charCodeAt(i));
        say('bytes', codes.join());
      });
      mqtt.connect();`);
    await bench.line(/^subscribed/);
    await bench.broker.publish('a', '\u00e9\u20ac\0');
    await bench.line('bytes 195,169,226,130,172,0');
  });

  test(`receives a message in many pieces, and skips one that is too long (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ max_packet: 1000 });
      mqtt.on('connected', function() { mqtt.subscribe('a', { qos: 1 }); });
      mqtt.on('publish', function(p) { say('length', p.message.length); });
      mqtt.connect();`);
    await bench.line(/^subscribed/);
    await bench.broker.publish('a', 'x'.repeat(900), 1);
    await bench.broker.publish('a', 'x'.repeat(5000), 1);
    await bench.broker.publish('a', 'x', 1);
    await bench.all('length 900', 'error a message over the limit was skipped', 'length 1');
    assert.ok(!bench.running.lines.includes('length 5000'));
  });

  test(`keeps messages of QoS 1 for a connection, and none of QoS 0 (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ max_queue: 140 });
      say('zero', mqtt.publish('a', 'zero'));
      say('one', mqtt.publish('a', 'one', { qos: 1 }) > 0);
      say('full', mqtt.publish('a', 'this is too long for what is left of the queue', { qos: 1 }));
      mqtt.connect();`);
    const published = bench.broker.published();
    await bench.all('zero -1', 'one true', 'full -1');
    await bench.line(/^puback/);
    assert.deepEqual(published, ['a=one qos1']);
  });

  test(`throws on what cannot be sent (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      function attempt(name, doIt) { try { doIt(); say(name, 'passed'); } catch (e) { say(name, e.message); } }
      attempt('1', function() { mqtt.publish('a/+', 'x'); });
      attempt('2', function() { mqtt.publish('', 'x'); });
      attempt('3', function() { mqtt.publish('a', 'x', { qos: 3 }); });
      attempt('4', function() { mqtt.subscribe('a#'); });
      attempt('5', function() { mqtt.subscribe({ a: 7 }); });
      attempt('6', function() { mqtt.unsubscribe(['a', 'b+']); });
      attempt('7', function() { client({ will: { topic: '#', message: '' } }); });`);
    await bench.all('1 Not a topic name: a/+', '2 Not a topic name: ', '3 Not a QoS: 3', '4 Not a topic filter: a#',
      '5 Not a QoS: 7', '6 Not a topic filter: b+', '7 Not a topic name: #');
  });
}
