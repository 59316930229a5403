import type { Snippet } from '../support/snippet.ts';

/** On files in Storage: what the real interpreter printed. */
export const snippets: readonly Snippet[] = [
  {
    name: 'write, read, erase and list',
    code: String.raw`
      var s=require("Storage");
      t(() => s.write("a","hello"));
      t(() => s.read("a"));
      t(() => s.write("a","hello"));
      t(() => s.write("a","other"));
      t(() => s.read("a"));
      t(() => s.list());
      t(() => s.erase("a"));
      t(() => s.read("a"));
      t(() => JSON.stringify(s.list()));
      t(() => s.erase("nope"));`,
    prints: [
      'true', 'hello', 'true', 'true', 'other', '.bootcde,a', 'undefined', 'undefined', '[".bootcde"]', 'undefined',
      'end',
    ],
  },
  {
    name: 'what can be written',
    code: String.raw`
      var s=require("Storage");
      t(() => s.write("a",undefined));
      t(() => s.write("a",""));
      t(() => s.write("b",[1,2,300])+JSON.stringify(s.read("b")));
      t(() => s.write("c",{a:1,b:"x"})+s.read("c"));
      t(() => s.write("n",5)+JSON.stringify(s.read("n")));
      t(() => s.write("u",new Uint8Array([65,66]))+s.read("u"));
      t(() => s.write("e",[]));
      t(() => s.write("nul",null));
      t(() => s.write("bool",true));
      t(() => s.write("ab",new Uint8Array([65,66]).buffer)+s.read("ab"));
      t(() => s.write("nest",["ab",["c",65]])+s.read("nest"));`,
    prints: [
      'throws Can\'t get pointer to data to write', 'throws Can\'t create zero length file',
      'true"\\u0001\\u0002,"', 'true{"a":1,"b":"x"}', 'true"\\u0005"', 'trueAB',
      'throws Can\'t create zero length file', 'throws Expecting Number or iterable, got null', 'true', 'trueAB',
      'trueabcA', 'end',
    ],
  },
  {
    name: 'pieces of a file',
    code: String.raw`
      var s=require("Storage");
      t(() => s.write("d","xx",0,10));
      t(() => JSON.stringify(s.read("d")));
      t(() => s.write("d","yy",1));
      t(() => s.write("d","yy",2));
      t(() => s.write("d","yyyyyyyyy",4));
      t(() => JSON.stringify(s.read("d",1,3)));
      t(() => s.write("d","z",5));
      t(() => JSON.stringify(s.read("d")));
      t(() => s.write("d","q",0));
      t(() => JSON.stringify(s.read("d")));
      t(() => s.write("none","q",4));
      t(() => s.write("d","q",-1));
      t(() => s.read("d",5)+".");
      t(() => s.read("d",-5,1)+".");
      t(() => JSON.stringify(s.getStats()));`,
    prints: [
      'true', '"xx\\u00FF\\u00FF\\u00FF\\u00FF\\u00FF\\u00FF\\u00FF\\u00FF"',
      'throws File already written with different data', 'true', 'throws Too much data for file size', '"xyy"',
      'true', '"xxyy\\u00FFz\\u00FF\\u00FF\\u00FF\\u00FF"', 'true', '"q"', 'throws Unable to find or create file',
      'false', '.', 'q.',
      '{"totalBytes":262144,"freeBytes":257936,"fileBytes":4164,"fileCount":2,"trashBytes":44,"trashCount":1}',
      'end',
    ],
  },
  {
    name: 'a region made first and filled later',
    code: String.raw`
      var s=require("Storage");
      t(() => s.write("r","",0,64));
      t(() => s.write("r","a",0,64));
      t(() => s.write("r","bcd",1)+s.read("r",0,4));
      t(() => s.write("r","aaaa",0,64));
      t(() => JSON.stringify(s.read("r",0,6)));
      t(() => JSON.stringify(s.getStats()));`,
    prints: [
      'true', 'true', 'trueabcd', 'true', '"aaaa\\u00FF\\u00FF"',
      '{"totalBytes":262144,"freeBytes":257824,"fileBytes":4224,"fileCount":2,"trashBytes":96,"trashCount":1}',
      'end',
    ],
  },
  {
    name: 'names',
    code: String.raw`
      var s=require("Storage");
      var l="abcdefghijklmnopqrstuvwxyz0123456789";
      t(() => s.write(l,"x"));
      t(() => s.list().join());
      t(() => s.read(l));
      t(() => s.read(l.substr(0,28)));
      t(() => s.read(l.substr(0,27)));
      t(() => s.write(undefined,"u"));
      t(() => s.read("undefined"));
      t(() => s.list().length);`,
    prints: [
      'true', '.bootcde,abcdefghijklmnopqrstuvwxyz01', 'x', 'x', 'undefined', 'true', 'u', '3', 'end',
    ],
  },
  {
    name: 'json files',
    code: String.raw`
      var s=require("Storage");
      t(() => s.writeJSON("j",{a:[1,2],b:"x"}));
      t(() => JSON.stringify(s.readJSON("j")));
      s.write("bad","{a");
      t(() => s.readJSON("bad",true));
      t(() => s.readJSON("none"));
      t(() => s.readJSON("none",true));
      s.write("arr","[1,2]");
      t(() => s.readJSON("arr").length);
      t(() => JSON.parse("{a"));`,
    prints: [
      'true', '{"a":[1,2],"b":"x"}', 'undefined', 'undefined', 'undefined', '2', 'throws Got ID:a expected STRING',
      'end',
    ],
  },
];
