import type { Snippet } from '../support/snippet.ts';

/** On pins, clock, modules and boot: what the real interpreter printed. */
export const snippets: readonly Snippet[] = [
  {
    name: 'modules',
    code: String.raw`
      var s=require("Storage");
      t(() => require("nope"));
      s.write("m","exports.a=5;exports.f=function(){return exports.a}");
      t(() => require("m").a);
      t(() => require("m").f());
      t(() => require("m")===require("m"));
      Modules.addCached("q","exports.z=1");
      t(() => require("q").z);
      Modules.addCached("w",function(){exports.y=2});
      t(() => require("w").y);
      t(() => typeof require("net").connect);
      t(() => require("Storage")===require("Storage"));
      t(() => Modules.getCached().indexOf("m")>=0);`,
    prints: [
      'throws Module "nope" not found', '5', '5', 'true', '1', '2', 'function', 'true', 'true', 'end',
    ],
  },
  {
    name: 'pins',
    code: String.raw`
      t(() => D5.toString());
      t(() => new Pin("D4")===D4);
      t(() => new Pin("D4")==D4);
      t(() => D5 instanceof Pin);
      t(() => D5-0);
      t(() => digitalWrite(D5,1));
      t(() => digitalRead(D5));
      t(() => D5.read());
      t(() => digitalWrite(undefined,1));
      t(() => digitalWrite("D5",1));
      t(() => digitalPulse(D5,1,5));
      t(() => digitalPulse(D5,1,-5));
      t(() => digitalPulse(D5,1,"x"));
      t(() => digitalPulse(D5,1,[5,5]));
      t(() => pinMode(D5,"output"));
      t(() => pinMode(D5,"nope"));
      t(() => getPinMode(D5));
      t(() => setWatch(function(){},D5,{repeat:true}));
      t(() => clearWatch(undefined));
      t(() => clearWatch(77));
      t(() => clearWatch());
      t(() => setWatch(5,D5));
      t(() => D5.getInfo().num);
      t(() => [D5,D6].join());
      t(() => JSON.stringify({p:D5}));
      t(() => D5.mode("input"));
      t(() => D5.write(1));
      t(() => digitalWrite([D1,D2],3));`,
    prints: [
      'D5', 'true', 'true', 'true', '5', 'undefined', '0', 'false', 'throws Invalid pin', 'undefined', 'undefined',
      'throws Pulse Time is less than 0 or not a number', 'undefined', 'undefined', 'undefined',
      'throws Unknown pin mode', 'output', '1',
      'throws clearWatch(undefined) not allowed. Use clearWatch() instead', 'throws Unknown Watch 77', 'undefined',
      'throws Function or String not supplied!', '5', 'D5,D6', '{"p":"D5"}', 'undefined', 'undefined', 'undefined',
      'end',
    ],
  },
  {
    name: 'clock',
    code: String.raw`
      t(() => typeof getTime());
      t(() => new Date(2020,1,3).getMonth());
      t(() => new Date(0).toISOString());
      t(function(){var a=getTime(),d=Date.now()/1000;return a-0.002<d&&d<getTime()+0.002});
      t(function(){var a=Date.now(),d=new Date().getTime();return a-2<d&&d<Date.now()+2});
      t(() => typeof Date.UTC);
      t(() => Date.parse("2020-01-01T00:00:00Z"));
      t(() => new Date("2020-01-01T00:00:00Z").getTime());
      t(() => new Date() instanceof Date);
      t(() => Date.now()%1!=0||Date.now()%1!=0||Date.now()%1!=0);`,
    prints: [
      'number', '1', '1970-01-01T00:00:00.000Z', 'true', 'true', 'undefined', '1577836800000', '1577836800000',
      'true', 'true', 'end',
    ],
  },
  {
    name: 'globals',
    code: String.raw`
      t(function(){return typeof print+typeof console.log+typeof getTime+typeof setTime+typeof getSerial
      +typeof process.memory+typeof eval+typeof load+typeof reset});
      t(() => typeof global);
      t(() => this===global);
      t(function(){x=5;return global.x});
      t(() => typeof ESP8266+typeof ESP32+typeof NRF);
      t(() => process.env.BOARD.substr(0,5));
      t(() => Object.keys(process.memory()).join());
      t(() => process.memory().blocksize>5);
      t(() => typeof getSerial());`,
    prints: [
      'functionfunctionfunctionfunctionfunctionfunctionfunctionfunctionfunction', 'object', 'true', '5',
      'undefinedundefinedundefined', 'LINUX', 'free,usage,total,history,gc,gctime,blocksize,rx,tx', 'true',
      'string', 'end',
    ],
  },
  {
    name: 'boot stages',
    files: {
      '.boot1': 'print("@@boot1");throw new Error("x")',
      '.boot0': 'print("@@boot0");E.on("init",function(){print("@@init")});global.onInit=function(){print("@@onInit")}',
    },
    code: String.raw`
      out("bootcde")`,
    prints: [
      'boot0', 'boot1', 'bootcde', 'init', 'onInit', 'end',
    ],
  },
  {
    name: '.bootrst wins over .bootcde',
    files: {
      '.bootrst': 'print("@@bootrst");setTimeout(function(){print("@@end")},50)',
    },
    code: String.raw`
      out("never")`,
    prints: [
      'bootrst', 'end',
    ],
  },
  {
    name: 'eval of a file',
    code: String.raw`
      var s=require("Storage");
      s.write("f","(function(a){return a+1})");
      t(() => eval(s.read("f"))(4));
      t(() => eval("1;2"));
      t(() => new Function("a","return a*2")(4));
      t(function(){var z=3;return eval("z+1")});`,
    prints: [
      '5', '2', '8', '4', 'end',
    ],
  },
];
