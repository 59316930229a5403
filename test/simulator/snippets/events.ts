import type { Snippet } from '../support/snippet.ts';

/** On events, timers and promises: what the real interpreter printed. */
export const snippets: readonly Snippet[] = [
  {
    name: 'emit is asynchronous and keeps its order',
    code: String.raw`
      var o={};
      o.on("x",function(a,b){out("x",a,b,this===o)});
      o.on("x",function(a){out("second",a)});
      out(o.emit("x",1,2));
      out("after");
      setTimeout(function(){out("timeout")},0);
      Promise.resolve(5).then(function(v){out("promise",v)});
      o.emit("x",3);`,
    prints: [
      '', 'after', 'timeout', 'x 1 2 true', 'second 1', 'x 3  true', 'second 3', 'promise 5', 'end',
    ],
  },
  {
    name: 'listeners that throw',
    code: String.raw`
      var o={};
      o.on("x",function(){out("one");throw new Error("boom")});
      o.on("x",function(){out("two")});
      o.emit("x");
      o.emit("x");
      setTimeout(function(){o.emit("x")},10);`,
    prints: [
      'one', 'two', 'one', 'two', 'one', 'two', 'end',
    ],
  },
  {
    name: 'listeners come and go',
    code: String.raw`
      var o={};function f(){out("f")}function g(){out("g")}o.on("x",f);
      o.on("x",g);o.removeListener("x",f);
      o.emit("x");o.removeAllListeners("x");
      o.emit("x");
      setTimeout(function(){o.on("x",f);
      o.on("x",f);o.removeListener("x",f);
      o.emit("x");
      setTimeout(function(){o.removeAllListeners();
      o.emit("x");
      out("done")},20)},10);
      t(() => o.emit("x",1,2,3,4,5));
      t(() => o.on("x"));
      t(() => o.on(5,f));`,
    prints: [
      'throws Too many arguments (>4)', 'throws Second argument must be a function or a String',
      'throws First argument must be String', 'g', 'f', 'done', 'end',
    ],
  },
  {
    name: 'a listener added while it runs',
    code: String.raw`
      var o={};
      o.on("x",function(){out("first");
      o.on("x",function(){out("late")})});
      o.emit("x");
      o.emit("x");`,
    prints: [
      'first', 'first', 'end',
    ],
  },
  {
    name: 'what every object has',
    code: String.raw`
      t(() => typeof ({}).on);
      t(() => "on" in {});
      t(function(){var k="";
      for(var i in {a:1})k+=i;return k});
      t(() => Object.keys({a:1,b:2}).join());
      t(() => typeof [].emit);
      t(() => typeof (function(){}).on);`,
    prints: [
      'function', 'true', 'a', 'a,b', 'function', 'function', 'end',
    ],
  },
  {
    name: 'timers',
    ms: 400,
    code: String.raw`
      var n=0,i;
      function tick(){out("i",++n);if(n==3){clearInterval(i);setTimeout('out("text");setTimeout(last,20,"x","y")',20)}}
      function last(a,b){out("t",a,b)}
      t(function(){return typeof setTimeout(function(){},1)});
      t(() => clearTimeout(undefined));
      t(() => clearInterval(undefined));
      t(() => clearTimeout(999));
      t(() => clearTimeout(0));
      t(() => setTimeout(5,5));
      t(function(){return setTimeout(function(){},1e14)});
      t(function(){return setTimeout(function(){out("undefined ms")})});
      t(function(){return setTimeout(function(){out("negative");i=setInterval(tick,40)},-5)>0});`,
    prints: [
      'number', 'throws clearTimeout(undefined) not allowed. Use clearTimeout() instead',
      'throws clearInterval(undefined) not allowed. Use clearInterval() instead', 'undefined', 'undefined',
      'throws Function or String not supplied!', 'throws Interval is too long (>100 years)', '2', 'true',
      'undefined ms', 'negative', 'i 1', 'i 2', 'i 3', 'text', 't x y', 'end',
    ],
  },
  {
    name: 'clearTimeout without an argument',
    code: String.raw`
      setTimeout(function(){out("never")},10);
      setInterval(function(){out("never")},5);clearTimeout();
      setTimeout(function(){out("this one")},10);`,
    prints: [
      'this one', 'end',
    ],
  },
  {
    name: 'exceptions',
    ms: 300,
    code: String.raw`
      setTimeout(function(){throw new Error("in a timer")},5);
      process.on("uncaughtException",function(e){out("caught",e.message||e);if(e.message)setTimeout(next,20)});
      function next(){out("next");setTimeout(function(){throw "text"},20)}`,
    prints: [
      'caught in a timer', 'next', 'caught text', 'end',
    ],
  },
  {
    name: 'promises',
    code: String.raw`
      new Promise(function(r){r(1)}).then(function(v){out(v);return v+1})
      .then(function(v){out(v);throw new Error("e")})
      .catch(function(e){out("c",e.message);return 7}).then(function(v){out(v)});
      Promise.all([1,Promise.resolve(2),new Promise(function(r){setTimeout(function(){r(3)},60)})])
      .then(function(a){out(a.join())});
      Promise.reject(4).catch(function(e){out("r",e)});
      out(typeof Promise.race,typeof Promise.any,typeof Promise.allSettled,typeof Promise.resolve(1).finally);
      new Promise(function(a,b){throw "x"}).catch(function(e){out("thrown",e)});`,
    prints: [
      'undefined undefined undefined undefined', '1', 'r 4', 'thrown x', '2', 'c e', '7', '1,2,3', 'end',
    ],
  },
  {
    name: 'promises wait in the queue of events',
    code: String.raw`
      var o={};
      o.on("x",function(){out("x")});
      Promise.resolve().then(function(){out("p1")});
      o.emit("x");
      Promise.resolve().then(function(){out("p2")});`,
    prints: [
      'x', 'p1', 'p2', 'end',
    ],
  },
];
