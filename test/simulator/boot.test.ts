import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { boot, makeBench } from './support/bench.ts';

describe('boot', () => {
  test('runs its stages in order, and an exception ends only its own', async () => {
    const { lines } = await boot('print("boot");global.onInit=function(){print("onInit")}', {}, {
      '.boot0': 'print(0);E.on("init",function(){print("init")});nope()', '.boot2': 'print(2)',
    });
    assert.deepEqual(lines, ['0', 'Uncaught ReferenceError: nope is not defined', '2', 'boot', 'init', 'onInit']);
  });

  test('takes its time on a chip', async () => {
    const { board, time, lines } = makeBench('print("up")');
    board.plug();
    await time.advance(299);
    assert.deepEqual(lines, []);
    await time.advance(1);
    assert.deepEqual(lines, ['up']);
  });

  test('starts afresh: nothing but flash is kept', async () => {
    const { board, time, lines } = await boot('print(typeof kept);kept=1');
    board.unplug();
    board.plug();
    await time.advance(1000);
    assert.deepEqual(lines, ['undefined', 'undefined']);
  });
});

describe('a restart', () => {
  const code = (restart: string): string =>
    'print(ESP8266.getResetInfo().reason,getTime()>1);' +
    `setTimeout(function(){if(getTime()<3){${restart};print("never")}},1000)`;

  test('by E.reboot ends the code at once, keeps the clock and has a reason', async () => {
    const { board, time, lines } = await boot(code('E.reboot()'));
    await time.advance(1000);
    assert.deepEqual([lines, board.restarts], [['power on false', 'restart true'], 1]);
  });

  test('cannot be caught', async () => {
    const { time, lines } = await boot(code('try{E.reboot()}catch(e){}try{print("on")}catch(e){};while(1)print("on")'));
    await time.advance(1000);
    assert.deepEqual(lines, ['power on false', 'restart true']);
  });

  test('tells listeners of kill', async () => {
    const { lines } = await boot('E.on("kill",function(){print("kill")});if(getTime()<0.5)E.reboot()');
    assert.deepEqual(lines, ['kill']);
  });

  test('an endless loop ends in the soft watchdog of an ESP8266', async () => {
    const { board, time, lines } = await boot(code('for(;;);'));
    await time.advance(6000);
    assert.deepEqual([lines, board.restarts], [['power on false', 'soft wdt true'], 1]);
  });

  test('an endless loop in a promise is one too', async () => {
    const code = 'if(getTime()<1)Promise.resolve().then(function(){for(;;);})';
    const { board, time } = await boot(code);
    await time.advance(3000);
    assert.equal(board.restarts, 1);
  });

  test('without a watchdog an ESP32 hangs, with one it restarts', async () => {
    const plain = await boot('setTimeout(function(){for(;;);},10)', { chip: 'esp32' });
    assert.equal(plain.board.restarts, 0);
    assert.equal(plain.lines.at(-1), 'The interpreter hangs.');
    const guarded = await boot('if(getTime()<1){E.enableWatchdog(5);for(;;);}', { chip: 'esp32' });
    await guarded.time.advance(5000);
    assert.equal(guarded.board.restarts, 1);
  });

  test('a chip that hangs leaves its surroundings alone, and a pulled plug ends it', async () => {
    const { board, time } = await boot('for(;;);');
    const reasons: string[] = [];
    board.on('start', (reason) => reasons.push(reason));
    board.unplug();
    await time.advance(6000);
    assert.deepEqual([board.restarts, reasons], [0, []]);
    board.plug();
    await time.advance(4000);
    assert.deepEqual([board.restarts, reasons], [1, ['power on', 'soft wdt']]);
  });

  test('a manual watchdog of an ESP32 wants to be kicked; that of an ESP8266 is none', async () => {
    const code = 'E.enableWatchdog(5,false);var i=setInterval(E.kickWatchdog,1000);' +
      'setTimeout(function(){clearInterval(i)},9500)';
    const esp32 = await boot(code, { chip: 'esp32' });
    await esp32.time.advance(12_000);
    assert.equal(esp32.board.restarts, 0);
    await esp32.time.advance(2_000);
    assert.equal(esp32.board.restarts, 1);
    const esp8266 = await boot(code);
    await esp8266.time.advance(30_000);
    assert.equal(esp8266.board.restarts, 0);
  });
});

describe('load() and reset()', () => {
  test('load runs everything again, in a new interpreter', async () => {
    const code = 'print("boot");if(getTime()<0.35)setTimeout(load,100)';
    const { board, lines } = await boot(code, {}, { '.boot0': 'print(0)' });
    assert.deepEqual([lines, board.restarts], [['0', 'boot', '0', 'boot'], 0]);
  });

  test('load of a file runs only that', async () => {
    const { lines } = await boot('setTimeout(function(){load("app")},100)', {}, { app: 'print("app")' });
    assert.deepEqual(lines, ['app']);
  });

  test('reset leaves .bootcde out', async () => {
    const { lines } = await boot('print("boot");setTimeout(reset,100)', {}, { '.boot1': 'print(1)' });
    assert.deepEqual(lines, ['1', 'boot', '1']);
  });
});
