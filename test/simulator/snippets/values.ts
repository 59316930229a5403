import type { Snippet } from '../support/snippet.ts';

/** On values and their texts: what the real interpreter printed. */
export const snippets: readonly Snippet[] = [
  {
    name: 'error objects',
    code: String.raw`
      try{throw new Error("m")}catch(e){out(e.message,e.toString(),e instanceof Error,typeof e.stack)}
      try{nope()}catch(e){out(e instanceof ReferenceError)}
      t(() => new Error("x").name);
      t(() => new TypeError("x").toString());
      t(function(){require("Storage").write("q","",0,0)});`,
    prints: [
      'm Error: m true string', 'true', 'undefined', 'TypeError: x', 'throws Can\'t create zero length file', 'end',
    ],
  },
  {
    name: 'chance is the same after each boot',
    code: String.raw`
      out(Math.floor(Math.random()*1e6),Math.floor(Math.random()*1e6));
      E.srand(5);
      out(Math.floor(Math.random()*1e6));
      E.srand(0x12345678);
      out(Math.floor(Math.random()*1e6),E.hwRand());`,
    prints: [
      '932552 707723', '41', '760015 1059038528', 'end',
    ],
  },
  {
    name: 'E',
    code: String.raw`
      out(E.CRC32("123456789"),E.CRC32(new Uint8Array([1,2,3])),E.CRC32("abc")===E.CRC32([97,98,99]),E.CRC32(""));
      t(() => E.toString("a",[98,99],new Uint8Array([100])));
      t(() => E.toUint8Array("ab",[1,[2,3]]).join());
      t(() => JSON.stringify(E.toString({data:"ab",count:2})));
      t(() => E.toString(undefined));
      t(() => E.toUint8Array(undefined).length);
      t(() => E.clip(5,1,3));
      t(() => E.getErrorFlags().join());`,
    prints: [
      '3421780262 1438416925 true 0', 'abcd', '97,98,1,2,3', '"abab"',
      'throws Expecting Number or iterable, got undefined', 'throws Expecting Number or iterable, got undefined',
      '3', '', 'end',
    ],
  },
  {
    name: 'base64',
    code: String.raw`
      t(() => btoa("hello"));
      t(() => atob("aGVsbG8="));
      t(() => JSON.stringify(atob("aGVs")));`,
    prints: [
      'aGVsbG8=', 'hello', '"hel"', 'end',
    ],
  },
  {
    name: 'digests',
    code: String.raw`
      var c=require("crypto");
      function h(b){var r="";new Uint8Array(b).forEach(function(x){r+=(x+256).toString(16).substr(-2)});return r}
      t(() => h(c.SHA1("abc")));
      t(() => c.SHA1("abc") instanceof ArrayBuffer);
      t(() => c.SHA1("abc").byteLength);`,
    prints: [
      'a9993e364706816aba3e25717850c26c9cd0d89d', 'true', '20', 'end',
    ],
  },
  {
    name: 'longer digests',
    needs: 'require("crypto").SHA256',
    code: String.raw`
      var c=require("crypto");
      function h(b){var r="";new Uint8Array(b).forEach(function(x){r+=(x+256).toString(16).substr(-2)});return r}
      t(() => h(c.SHA256("abc")));
      t(() => h(c.SHA512("abc")).substr(0,16));`,
    prints: [
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'ddaf35a193617aba', 'end',
    ],
  },
  {
    name: 'json',
    code: String.raw`
      t(() => JSON.stringify({a:1,b:[1,"x",null,true],c:{}}));
      t(() => JSON.stringify("a\nb\x01"));
      t(() => JSON.stringify(undefined));
      t(() => JSON.parse('{"a":1,"b":[1,2]}').b.length);
      t(() => JSON.stringify({f:function(){},u:undefined}));
      t(() => JSON.stringify(NaN));
      t(() => JSON.stringify(1.5));`,
    prints: [
      '{"a":1,"b":[1,"x",null,true],"c":{}}', '"a\\nb\\u0001"', 'null', '2', '{}', 'null', '1.5', 'end',
    ],
  },
  {
    name: 'json that is not',
    code: String.raw`
      t(() => JSON.parse('{"a":1,"a":2}').a);
      t(() => JSON.parse("[1,2,]").length);
      t(() => JSON.parse("{'a':1}").a);
      t(() => JSON.parse('{"a":1} x').a);
      t(() => JSON.parse('0x10'));
      t(() => JSON.parse('{"a":'));
      t(() => JSON.parse(''));
      t(() => JSON.parse('{a:1}').a);
      t(() => JSON.parse(undefined));
      t(() => JSON.parse('nul'));
      t(() => JSON.stringify([function(){},undefined]));
      t(() => JSON.stringify("\xe9"));
      t(() => JSON.parse('"\\u00e9"').charCodeAt(0));
      t(() => JSON.parse('"\\x41"'));
      t(() => JSON.parse("[1 2]"));
      t(() => JSON.parse('{"a":undefined}'));`,
    prints: [
      '1', '2', '1', '1', '16', 'throws Expecting valid value, got EOF', 'throws Expecting valid value, got EOF',
      'throws Got ID:a expected STRING', 'throws Expecting valid value, got undefined',
      'throws Expecting valid value, got ID', '[undefined,null]', '"\\u00E9"', '233', 'A',
      'throws Got INT expected \',\'', 'throws Expecting valid value, got undefined', 'end',
    ],
  },
  {
    name: 'numbers as text',
    code: String.raw`
      out(1234567.5,-0,1e-7,NaN,1/0,123456789012);
      out((255).toString(16),(5).toFixed(2),parseInt("12px"),parseFloat("1.5x"));`,
    prints: [
      '1234567.5 0 1e-7 NaN Infinity 123456789012', 'ff 5.00 12 1.5', 'end',
    ],
  },
  {
    name: 'strings of bytes',
    code: String.raw`
      t(() => "\x80\xff".length);
      t(() => "\xe9".charCodeAt(0));
      t(() => String.fromCharCode(200).charCodeAt(0));
      t(() => String.fromCharCode(65,66));
      t(() => String.fromCharCode(300).length);`,
    prints: [
      '2', '233', '200', 'AB', '1', 'end',
    ],
  },
  {
    name: 'type of errors from natives',
    ms: 800,
    code: String.raw`
      t(function(){require("Storage").write("a","")});
      try{require("Storage").write("a","")}catch(e){out(e instanceof Error,e.toString(),e.message)}
      try{require("net").connect({host:"no.such.host.invalid",port:1})}
      catch(e){out(e instanceof Error,e.toString(),e.message)}`,
    prints: [
      'throws Can\'t create zero length file',
      'true Error: Can\'t create zero length file Can\'t create zero length file',
      'false InternalError: Unable to locate host Unable to locate host', 'end',
    ],
  },
];
