import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Broker } from '../support/brokers.ts';
import { LiveClient } from '../support/live-client.ts';
import type { LiveOptions } from '../support/live-client.ts';
import { utf8 } from '../support/packets.ts';

/**
 * What the client must do with any broker, as tests over one broker.
 * `skip` is the reason for running none of them, or false.
 */
export function behaviour(name: string, start: () => Promise<Broker>, skip: string | false = false): void {
  describe(`over ${name}`, { skip, timeout: 180_000 }, () => {
    let broker: Broker;
    let count = 0;
    const clients: LiveClient[] = [];

    /** A client that this test alone knows, and that is gone after it. */
    const client = (options: Partial<LiveOptions> = {}) => {
      const made = new LiveClient(() => broker.connect(), { clientId: `client${++count}`, ...options });
      clients.push(made);
      return made;
    };
    const connected = async (options: Partial<LiveOptions> = {}) => {
      const made = client(options);
      assert.equal(await made.online(), 'online 0');
      return made;
    };
    const topic = () => `bell/test${++count}`;
    /** Leaves a retained message. Some brokers acknowledge it first and keep it later, but none sends it on before. */
    const retain = async (sender: LiveClient, name: string, payload: string) => {
      const watcher = await connected();
      await watcher.subscribe(name, 1);
      await sender.publish(name, payload, 1, 1);
      while ((await watcher.messages.take()) !== `${name}=${payload}`);
    };
    /** Waits until the broker has handled all that a client has sent. */
    const flush = (sender: LiveClient) => sender.subscribe(topic(), 0);
    /** Runs a test and ends its clients. */
    const live = (title: string, body: () => Promise<void>) =>
      test(title, { timeout: 30_000 }, async () => {
        try {
          await body();
        } finally {
          for (const each of clients.splice(0)) await each.end();
        }
      });

    before(async () => {
      broker = await start();
    });
    // There is none when it did not start.
    after(() => (broker as Broker | undefined)?.stop());

    live('[MQTT-7.0.0-2] [MQTT-7.1.2-1] messages of each QoS go from client to client', async () => {
      const [sender, receiver, name] = [await connected(), await connected(), topic()];
      await receiver.subscribe(name, 2);
      for (const qos of [0, 1, 2]) {
        await sender.publish(name, `qos ${qos}`, qos);
        assert.equal(await receiver.messages.take(), `${name}=qos ${qos}`);
      }
    });

    live('a message for each granted QoS arrives', async () => {
      const [sender, receiver] = [await connected(), await connected()];
      for (const qos of [0, 1, 2]) {
        const name = topic();
        assert.deepEqual(await receiver.subscribe(name, qos), [Math.min(qos, broker.maxQos)]);
        await sender.publish(name, 'x', 2);
        assert.equal(await receiver.messages.take(), `${name}=x`);
      }
    });

    live('several filters in one SUBSCRIBE have a grant each', async () => {
      const receiver = await connected();
      const grants = await receiver.subscribe(topic(), 0, topic(), 1, `${topic()}/#`, 1, `${topic()}/+/x`, 0);
      assert.deepEqual(grants, [0, 1, 1, 0]);
    });

    live('a retained message comes to a new subscription, marked as retained, and a live one is not', async () => {
      const [sender, receiver, name] = [await connected(), await connected(), topic()];
      await retain(sender, name, 'kept');
      await receiver.subscribe(name, 1);
      assert.equal(await receiver.messages.take(), `${name}=kept retain`);
      await sender.publish(name, 'live', 1, 1);
      assert.equal(await receiver.messages.take(), `${name}=live`);
    });

    live('an empty retained message takes the retained one away', async () => {
      const [sender, receiver, name] = [await connected(), await connected(), topic()];
      await retain(sender, name, 'kept');
      await retain(sender, name, '');
      await receiver.subscribe(name, 1);
      await sender.publish(name, 'next', 1);
      assert.equal(await receiver.messages.take(), `${name}=next`);
    });

    live('the will is published when the link is lost', async () => {
      const [watcher, name] = [await connected(), topic()];
      await watcher.subscribe(name, 1);
      const bell = await connected({ will: { topic: name, payload: 'offline', qos: 1, retain: 1 } });
      await bell.cut();
      assert.equal(await watcher.messages.take(), `${name}=offline`);
    });

    live('the will is not published after a goodbye', async () => {
      const [watcher, name] = [await connected(), topic()];
      await watcher.subscribe(name, 1);
      const bell = await connected({ will: { topic: name, payload: 'offline', qos: 1, retain: 0 } });
      await bell.end();
      await watcher.publish(name, 'later', 1);
      assert.equal(await watcher.messages.take(), `${name}=later`);
    });

    live('a stored session keeps the subscription and the messages that come meanwhile, in order', async () => {
      const [sender, receiver, name] = [await connected(), await connected({ clean: 0 }), topic()];
      await receiver.subscribe(name, 1);
      await receiver.cut();
      for (const payload of ['a', 'b', 'c']) await sender.publish(name, payload, 1);
      assert.equal(await receiver.online(), 'online 1');
      for (const payload of ['a', 'b', 'c']) assert.equal(await receiver.messages.take(), `${name}=${payload}`);
    });

    live('a clean session is forgotten', async () => {
      const [sender, receiver, name] = [await connected(), await connected({ clean: 1 }), topic()];
      await receiver.subscribe(name, 1);
      await receiver.end();
      await sender.publish(name, 'lost', 1);
      assert.equal(await receiver.online(), 'online 0');
      await receiver.subscribe(name, 1);
      await sender.publish(name, 'heard', 1);
      assert.equal(await receiver.messages.take(), `${name}=heard`);
    });

    live('no message comes after UNSUBACK', async () => {
      const [sender, receiver, gone, kept] = [await connected(), await connected(), topic(), topic()];
      await receiver.subscribe(gone, 1, kept, 1);
      await receiver.unsubscribe(gone);
      await sender.publish(gone, 'x', 1);
      await sender.publish(kept, 'y', 1);
      assert.equal(await receiver.messages.take(), `${kept}=y`);
    });

    live('what was not acknowledged arrives after the next connection', async () => {
      const [sender, receiver, name] = [await connected(), await connected(), topic()];
      await receiver.subscribe(name, 1);
      await sender.cut();
      sender.session.publish(name, 'waited', 1, 0);
      await sender.online();
      assert.equal(await receiver.messages.take(), `${name}=waited`);
    });

    live('QoS 2 arrives once although the link breaks in the middle of the handshake', async () => {
      const [sender, receiver, name] = [await connected(), await connected(), topic()];
      await receiver.subscribe(name, 2);
      sender.session.publish(name, 'once', 2, 0);
      assert.equal(await receiver.messages.take(), `${name}=once`);
      await sender.cut();
      await sender.online();
      await sender.publish(name, 'last', 1);
      const rest = [await receiver.messages.take()];
      if (broker.maxQos === 2) assert.deepEqual(rest, [`${name}=last`]);
    });

    live('a hundred messages arrive in order', async () => {
      const [sender, receiver, name] = [await connected(), await connected(), topic()];
      await receiver.subscribe(name, 2);
      const wanted = Array.from({ length: 100 }, (_, i) => `${name}=${i}`);
      wanted.forEach((_, i) => sender.session.publish(name, String(i), 1, 0));
      const got: string[] = [];
      while (got.length < 100) got.push(await receiver.messages.take());
      assert.deepEqual(got, wanted);
    });

    live('large messages come whole, in pieces as small as they get', async () => {
      for (const chunk of [1, 268, 536]) {
        const [sender, receiver, name] = [await connected(), await connected({ maxPacket: 9000, chunk }), topic()];
        await receiver.subscribe(name, 2);
        const payload = Array.from({ length: 8000 }, (_, i) => String.fromCharCode(i & 255)).join('');
        await sender.publish(name, payload, 2);
        assert.equal(await receiver.messages.take(), `${name}=${payload}`);
      }
    });

    live('a message over the limit is skipped, acknowledged and not sent again', async () => {
      const [sender, receiver, name] = [await connected(), await connected({ maxPacket: 200 }), topic()];
      await receiver.subscribe(name, 1);
      await sender.publish(name, 'x'.repeat(5000), 1);
      await sender.publish(name, 'small', 1);
      assert.equal(await receiver.messages.take(), `${name}=small`);
      await flush(receiver);
      await receiver.cut();
      await receiver.online();
      await sender.publish(name, 'after', 1);
      assert.equal(await receiver.messages.take(), `${name}=after`);
      assert.equal(receiver.skipped, 1);
    });

    live('payload and topic may be any UTF-8', async () => {
      const [sender, receiver] = [await connected(), await connected()];
      const name = utf8(`${topic()}/Tür/Гараж/玄関/🔔`);
      await receiver.subscribe(name, 1);
      await sender.publish(name, utf8('läuten'), 1);
      assert.equal(await receiver.messages.take(), `${name}=${utf8('läuten')}`);
    });

    live('a known user is let in and a wrong password is refused by its reason', async () => {
      await connected({ username: 'bell', password: 'ring' });
      const reason = await client({ username: 'bell', password: 'wrong' }).online();
      assert.match(reason, /^(bad user name or password|not authorized)$/);
    });

    live('the older of two connections with one client identifier is closed', async () => {
      const older = await connected({ clientId: 'twin' });
      const lost = older.offline();
      const newer = client({ clientId: 'twin' });
      assert.match(await newer.online(), /^online/);
      assert.equal(await lost, 'connection lost');
    });

    live('a ping is answered', async () => {
      const pinging = await connected();
      for (let second = 0; second < 30; second++) pinging.session.tick();
      assert.match(await pinging.answer(), /^13 /);
    });
  });
}
