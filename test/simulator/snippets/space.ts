import type { Snippet } from '../support/snippet.ts';

/** On space in Storage and the flash below it: what the real interpreter printed. */
export const snippets: readonly Snippet[] = [
  {
    name: 'storage statistics',
    code: String.raw`
      var s=require("Storage");
      for(var i=0;i<20;i++){s.write("f"+i,"0123456789".repeat(i+1));}for(i=0;i<20;i+=2)s.erase("f"+i);
      t(() => JSON.stringify(s.getStats()));
      t(() => s.getFree());
      t(() => s.hash());
      t(() => s.hash(/f1/));
      t(() => s.list(/^f1/).join());
      t(() => s.compact());
      t(() => JSON.stringify(s.getStats()));
      t(() => s.list().join());
      t(() => s.read("f3"));
      t(() => s.hash());`,
    prints: [
      '{"totalBytes":262144,"freeBytes":255256,"fileBytes":5548,"fileCount":11,"trashBytes":1340,"trashCount":10}',
      '255256', '-521319359', '1413185140', 'f1,f11,f13,f15,f17,f19', 'undefined',
      '{"totalBytes":262144,"freeBytes":256596,"fileBytes":5548,"fileCount":11,"trashBytes":0,"trashCount":0}',
      '.bootcde,f1,f3,f5,f7,f9,f11,f13,f15,f17,f19', '0123456789012345678901234567890123456789', '-521308483',
      'end',
    ],
  },
  {
    name: 'a full storage',
    ms: 1500,
    code: String.raw`
      var s=require("Storage");
      var k="x".repeat(1000);
      var n=0;
      try{while(1){s.write("k"+n,k+n);n++}}catch(e){out(e.message,n)}t(() => JSON.stringify(s.getStats()));
      t(() => s.write("k5","y"));
      t(() => s.read("k5"));
      t(() => JSON.stringify(s.getStats()));
      t(() => s.write("k6",k+k+k));
      t(() => s.read("k6"));
      t(() => JSON.stringify(s.getStats()));
      for(var i=10;i<20;i++)s.erase("k"+i);
      t(() => s.write("big",k+k+k+k));
      t(() => JSON.stringify(s.getStats()));
      t(() => s.read("big").length);
      t(() => s.read("k30").substr(990));
      t(() => s.list().length);`,
    prints: [
      'Unable to find or create file 249',
      '{"totalBytes":262144,"freeBytes":52,"fileBytes":262092,"fileCount":250,"trashBytes":0,"trashCount":0}',
      'true', 'y',
      '{"totalBytes":262144,"freeBytes":16,"fileBytes":261092,"fileCount":250,"trashBytes":1036,"trashCount":1}',
      'throws Unable to find or create file', 'undefined',
      '{"totalBytes":262144,"freeBytes":16,"fileBytes":260056,"fileCount":249,"trashBytes":2072,"trashCount":2}',
      'true',
      '{"totalBytes":262144,"freeBytes":8416,"fileBytes":253728,"fileCount":240,"trashBytes":0,"trashCount":0}',
      '4000', 'xxxxxxxxxx30', '240', 'end',
    ],
  },
  {
    name: 'flash below storage',
    code: String.raw`
      var f=require("Flash");
      var s=require("Storage");
      t(() => JSON.stringify(f.getFree()));
      t(() => JSON.stringify(f.getPage(0x10000400+5)));
      t(() => f.getPage(5));
      var a=0x10000000+200*1024;
      t(() => f.write("abcd",a));
      t(() => E.toString(f.read(4,a)));
      t(function(){f.write(new Uint8Array([0,255,15,240]),a);return f.read(4,a).join()});
      t(function(){f.erasePage(a+100);return f.read(4,a).join()});
      t(() => f.write(undefined,a));
      t(() => f.erasePage("x"));
      t(function(){f.write("abcdef",a+2);return E.toString(f.read(8,a+2))});
      t(() => f.read(0,a));
      t(() => s.getStats().fileCount);`,
    prints: [
      '[{"addr":268435456,"length":262144}]', '{"addr":268436480,"length":1024}', 'undefined', 'undefined', 'abcd',
      '0,98,3,96', '255,255,255,255', 'throws Data is not defined',
      'throws Address should be an integer, got String', 'abcdef\xff\xff', 'undefined', '1', 'end',
    ],
  },
  {
    name: 'a page of a file rewritten through flash',
    code: String.raw`
      var s=require("Storage");
      var f=require("Flash");
      s.write("bell","a",0,4096);
      t(() => JSON.stringify(s.getStats()));
      var at=0x10000000+s.getStats().totalBytes-s.getFree()-4096;
      t(() => E.toString(f.read(1,at)));
      var p=(at+2048)&~1023;f.erasePage(p);
      t(function(){f.write("(function(){return 42})",p+0);return s.read("bell",p-at,22)});
      t(() => eval(s.read("bell",p-at,23))());
      t(() => s.write("z","ok")+s.read("z"));`,
    prints: [
      '{"totalBytes":262144,"freeBytes":253888,"fileBytes":8256,"fileCount":2,"trashBytes":0,"trashCount":0}', 'a',
      '(function(){return 42}', '42', 'trueok', 'end',
    ],
  },
  {
    name: 'appended files',
    code: String.raw`
      var s=require("Storage");
      var f=s.open("log","w");
      t(function(){f.write("Hell");f.write("o World\n");f.write("Line 2\n");return f.getLength()});
      var r=s.open("log","r");
      t(() => JSON.stringify(r.readLine()));
      t(() => JSON.stringify(r.read(3)));
      t(() => JSON.stringify(r.read(30)));
      t(() => JSON.stringify(r.read(30)));
      t(() => JSON.stringify(r.readLine()));
      var a=s.open("log","a");
      t(function(){a.write("more");return JSON.stringify(s.open("log","r").read(100))});
      t(() => JSON.stringify(s.list()));
      t(() => JSON.stringify(s.list(undefined,{sf:true})));
      t(() => JSON.stringify(s.list(undefined,{sf:false})));
      t(() => r.write("x"));
      t(() => a.read(1));
      t(() => s.open("x","q"));
      a=s.open("log","a");
      t(function(){a.write("0123456789".repeat(150));return a.getLength()});
      t(() => s.open("log","r").read(2000).length);
      t(() => s.list().length);
      t(function(){a.erase();return s.list().length});
      t(() => s.open("log","r").read(5));`,
    prints: [
      '19', '"Hello World\\n"', '"Lin"', '"e 2\\n"', 'null', 'null', '"Hello World\\nLine 2\\nmore"',
      '[".bootcde","log\\u0001"]', '["log"]', '[".bootcde"]', 'throws Can\'t write in this mode',
      'throws Can\'t read in this mode', 'throws Invalid mode "q"', '1523', '1523', '2', '1', 'undefined', 'end',
    ],
  },
];
