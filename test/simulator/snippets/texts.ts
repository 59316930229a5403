import type { Snippet } from '../support/snippet.ts';

/** On what is found in texts: what the real interpreter printed. */
export const snippets: readonly Snippet[] = [
  {
    name: 'indexOf finds a text that is only begun at the end, if the other one is no shorter',
    code: String.raw`
      out("a,".indexOf(",,"),"abcabc".indexOf("abcd"),"abcabc".indexOf("cabx"),"ab".indexOf("abc"));
      out("abcabc".indexOf("abc",1),"abcabc".indexOf("abc",4),",,".indexOf(",,",1),"aab".indexOf("ab"));
      out("ab".indexOf(""),"ab".indexOf("",1),"ab".indexOf("",2),"".indexOf(""));
      out("abab".indexOf("b",null),"abab".indexOf("b",1.7),"abab".indexOf("b",-1),"abab".indexOf("b","9"));
      out("abab".indexOf("a",NaN),"abab".indexOf("a",Infinity),"xundefined".indexOf(),"a1".indexOf(1));`,
    prints: ['1 3 5 -1', '3 -1 1 1', '0 1 -1 -1', '1 1 1 1', '0 0 1 1', 'end'],
  },
  {
    name: 'lastIndexOf finds whole texts only',
    code: String.raw`
      out("a,".lastIndexOf(",,"),"abcabc".lastIndexOf("abcd"),"abab".lastIndexOf("ab"),"abab".lastIndexOf("ab",1));
      out("abab".lastIndexOf("a",-1),"abab".lastIndexOf("a",NaN),"abab".lastIndexOf("a",Infinity));
      out("abab".lastIndexOf("a","0"),"abab".lastIndexOf(""),"".lastIndexOf(""));`,
    prints: ['-1 -1 2 0', '0 0 0', '2 4 0', 'end'],
  },
  {
    name: 'so do the methods that use indexOf',
    code: String.raw`
      out("ab".includes("bc"),"abab".includes("ba",2),"ab".includes("abc"),"".includes(""));
      out("ab,".replace(",,","X"),"abcab".replaceAll("abc","X"),"aab".replaceAll("ab","abab"),"".replace("","X")+".");
      out("aba".replace("a","$&"),"xnull".replace(null,"y"),"a1b1".replace(/[0-9]/g,"."));
      out(JSON.stringify("ab".match("bc")),"ab".match("b").index,"ab".match("b").input,"ab".match("zz"));
      out("ab".match(/b/).index,"a,b,".split(",,").length,"ab".startsWith("abc"),"ab".startsWith("bc",1));`,
    prints: ['true true false false', 'abX XX aabab .', '$&ba xy a.b.', '["bc"] 1 b ', '1 1 false false', 'end'],
  },
  {
    name: 'a pin as text is its name, and as a number its number',
    code: String.raw`
      out(typeof (""+D5),""+D5,D5+"","x"+D5+"y",[D5].join(),String(D5),D5.toString(),JSON.stringify({p:D5}));
      out(-D5,D5*2,D5<6,D5===D5,D5===new Pin("D5"));`,
    prints: ['string D5 D5 xD5y D5 D5 D5 {"p":"D5"}', '-5 10 true true true', 'end'],
  },
];
