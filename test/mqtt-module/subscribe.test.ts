import assert from 'node:assert/strict';
import test from 'node:test';
import { beds, ModuleBench } from '../support/bench-module.ts';

for (const bed of beds) {
  const { skip } = bed;

  test(`subscribes with a string, an array and a map (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('connected', function() {
        mqtt.subscribe('a');
        mqtt.subscribe(['b', 'c/+'], { qos: 1 });
        mqtt.subscribe({ d: 2, 'e/#': 0 });
      });
      mqtt.connect();`);
    const asked: string[] = [];
    bench.broker.aedes.on('subscribe', (list) => asked.push(list.map(({ topic, qos }) => `${topic}:${qos}`).join()));
    for (let i = 0; i < 3; i++) await bench.line(/^subscribed/);
    assert.deepEqual(asked.sort(), ['a:0', 'b:1,c/+:1', 'd:2,e/#:0']);
  });

  test(`tells of a filter that the broker refuses, with the grants (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('connected', function() { mqtt.subscribe(['open', 'forbidden/a'], { qos: 1 }); });
      mqtt.on('subscribed_fail', function(g) { say('grants', g.charCodeAt(0) + ' ' + g.charCodeAt(1)); });
      mqtt.connect();`);
    await bench.line('grants 1 128');
    await bench.broker.publish('open', 'yes', 1);
    await bench.line('message open=yes');
    assert.ok(!bench.running.lines.some((line) => line.startsWith('subscribed ')));
  });

  test(`unsubscribes with a string and an array (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client();
      mqtt.on('connected', function() { mqtt.subscribe(['a', 'b', 'c', 'end']); });
      mqtt.on('subscribed', function() { mqtt.unsubscribe('a'); mqtt.unsubscribe(['b', 'c']); });
      mqtt.connect();`);
    await bench.line('unsubscribed');
    await bench.line('unsubscribed');
    for (const topic of ['a', 'b', 'c', 'end']) await bench.broker.publish(topic, 'x');
    await bench.line(/^message/);
    assert.equal(bench.running.lines.filter((line) => line.startsWith('message')).join(), 'message end=x');
  });

  test(`pings when it is told to, and by itself (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      var mqtt = client({ keep_alive: 2 });
      mqtt.on('connected', function() { mqtt.ping(); });
      mqtt.connect();`);
    await bench.line('ping_reply');
    await bench.line('ping_reply');
  });

  test(`notices a broker that has fallen silent (${bed.name})`, { skip }, async (t) => {
    const bench = await ModuleBench.run(t, bed, `
      client({ keep_alive: 2 }).connect();`, { preConnect: (client, _packet, done) => {
      // It is let in, and then no longer heard.
      setTimeout(() => client.conn.removeAllListeners('readable').removeAllListeners('data').pause(), 300);
      done(null, true);
    } });
    await bench.line('connected false');
    await bench.line('disconnected no PINGRESP');
  });
}
