/**
 * What Espruino cannot run, or runs as something else, as ESLint selectors.
 *
 * One list for both gates: `eslint.config.js` holds the sources to it, `subset.ts` the finished
 * bundle (a minifier can bring back what the source avoided). Each message says what to write.
 * It is JavaScript because ESLint reads its configuration without our TypeScript loader.
 *
 * @type {{selector: string, message: string}[]}
 */
export const grammar = [
  { selector: 'ArrayPattern, ObjectPattern', message: 'No destructuring: name each value.' },
  { selector: 'AssignmentPattern', message: 'No default parameters: test for undefined.' },
  { selector: 'RestElement, SpreadElement', message: 'No rest or spread: use arrays, concat and apply.' },
  { selector: 'ChainExpression', message: 'No optional chaining: use && or a condition.' },
  { selector: 'Property[computed=true], MethodDefinition[computed=true], PropertyDefinition[computed=true]',
    message: 'No computed keys: assign with object[key] = value.' },
  { selector: ':function[async=true], AwaitExpression, ForOfStatement[await=true]',
    message: 'No async: use callbacks.' },
  { selector: ':function[generator=true], YieldExpression', message: 'No generators.' },
  { selector: 'LabeledStatement, BreakStatement[label], ContinueStatement[label]',
    message: 'No labels: put the loop into a function.' },
  { selector: 'TaggedTemplateExpression', message: 'No tagged templates.' },
  { selector: 'BinaryExpression[operator="**"], AssignmentExpression[operator="**="]',
    message: 'No **: use Math.pow.' },
  { selector: 'AssignmentExpression[operator=/^(\\|\\||&&|\\?\\?)=$/]', message: 'No logical assignment.' },
  { selector: 'PrivateIdentifier', message: 'No #private: begin the name with _, the build shortens it.' },
  { selector: 'StaticBlock', message: 'No static blocks.' },
  { selector: 'MetaProperty, ImportExpression', message: 'No new.target, import.meta or import().' },
  { selector: 'Literal[bigint]', message: 'No BigInt.' },
  // What is left was run on the interpreter: anchors, plain characters, and one class with + behind it.
  { selector: 'Literal[regex]:not([regex.pattern=/^\\^?\\[[^\\]\\x2f]+\\]\\+?\\$?$/]):not([regex.pattern=/^[ \\w]+$/])',
    message: 'Only a class of characters as a regular expression: groups, counts and lookahead fail in silence.' },
  { selector: 'WithStatement, DebuggerStatement', message: 'No with, no debugger.' },
  { selector: 'SwitchCase[test=null]:not(:last-child)', message: 'default has to be the last clause.' },
  { selector: 'DoWhileStatement > EmptyStatement.body', message: 'A do loop needs braces.' },
  { selector: 'BinaryExpression[operator="/"] > UpdateExpression.left[prefix=false]',
    message: 'i++ / 2 is read as a regular expression: use two statements.' },
  { selector: 'MemberExpression[computed=true] > SequenceExpression.property', message: 'No comma inside [ ].' },
  { selector: 'ClassDeclaration[superClass], ClassExpression[superClass]',
    message: 'No extends: static methods and built-in classes do not inherit.' },
  { selector: 'BinaryExpression[operator="instanceof"]', message: 'No instanceof: it is false for errors.' },
  { selector: ':matches(ForStatement, ForInStatement, ForOfStatement) :function',
    message: 'No function inside a for loop: its variable is shared by all rounds. Call a function from the body.' },
  { selector: ':matches(VariableDeclarator > Identifier.id, :function > Identifier, ClassDeclaration > Identifier.id)' +
      '[name=/^(of|static|let|undefined)$/]', message: 'Espruino cannot use this word as a name.' },
];

/**
 * Parts of the standard library that Espruino lacks or that mislead.
 *
 * @type {{selector: string, message: string}[]}
 */
export const library = [
  { selector: 'MemberExpression[object.name="Array"][property.name=/^(from|of|prototype)$/]',
    message: 'Not in Espruino. For slice and the like write [].slice.call.' },
  { selector: 'MemberExpression[object.name="Math"][property.name=/^(trunc|imul|log2|log10|hypot|cbrt|clz32)$/]',
    message: 'Not in Espruino: use | 0, Math.floor or Math.log.' },
  { selector: 'MemberExpression[object.name="Number"][property.name=/^(is|parse|MAX_SAFE|MIN_SAFE)/]',
    message: 'Not in Espruino: use isNaN, parseInt or x === (x | 0).' },
  { selector: 'MemberExpression[object.name="Object"][property.name=/^(freeze|seal|is|hasOwn|getOwnPropertySymbols)$/]',
    message: 'Not in Espruino.' },
  { selector: 'MemberExpression[object.name="Date"][property.name=/^(now|UTC)$/]',
    message: 'Date.now is fractional and Date.UTC is missing: use Math.floor(getTime()).' },
  { selector: 'CallExpression[callee.property.name=/^(flat|flatMap|reduceRight|at|codePointAt|localeCompare|matchAll|' +
      'search|trimStart|trimEnd|toPrecision|finally|once)$/]', message: 'Not in Espruino.' },
  { selector: 'MemberExpression[object.name="Promise"][property.name=/^(race|allSettled|any)$/]',
    message: 'Not in Espruino.' },
  { selector: 'CallExpression[callee.property.name=/^(indexOf|includes|replace|replaceAll)$/]:matches(' +
      '[arguments.0.type="BinaryExpression"], [arguments.0.expressions.0], ' +
      '[arguments.0.quasis.0.value.cooked=/[^][^]/], [arguments.0.value=/[^][^]/])',
    message: 'This finds the beginning of a text of several characters at the end as well ("a,".indexOf(",,") is 1): ' +
      'use lastIndexOf.' },
  { selector: 'AssignmentExpression[left.property.name="length"]',
    message: 'The length cannot be assigned: use splice.' },
  { selector: 'CallExpression[callee.name=/^clear(Timeout|Interval|Watch)$/][arguments.length=0]',
    message: 'Without an argument this clears every timer of the device.' },
];

/** Globals of the standard that Espruino does not have. */
export const missingGlobals = [
  'Map', 'Set', 'WeakMap', 'WeakSet', 'Symbol', 'Proxy', 'Reflect', 'globalThis', 'TextEncoder', 'TextDecoder',
  'setImmediate', 'queueMicrotask', 'structuredClone', 'BigInt', 'Buffer', 'window',
];

/**
 * Declarations come before every use, also inside functions: Espruino hoists nothing. A constant may be named in a
 * function above it, which is called when both are there.
 */
export const order = { functions: true, classes: true, variables: false };
