const list = (text: string): string[] => text.trim().split(/\s+/);

/** Globals of V8 that Espruino has too; all the others are taken away. */
export const GLOBALS = list(`
  Object Function Array String Number Boolean Date RegExp Error TypeError SyntaxError ReferenceError
  JSON Math ArrayBuffer DataView Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array
  Float32Array Float64Array Uint8ClampedArray parseInt parseFloat isNaN isFinite NaN Infinity undefined eval
  decodeURIComponent encodeURIComponent`);

/** Members of V8's built-in objects that Espruino lacks: reference and differential test. */
export const MISSING: Readonly<Record<string, readonly string[]>> = {
  'Array': list('from of fromAsync'),
  'Array.prototype': list(`at copyWithin entries findLast findLastIndex flat flatMap keys lastIndexOf
    reduceRight toLocaleString toReversed toSorted toSpliced values with`),
  'Object': list(`freeze seal is hasOwn isFrozen isSealed isExtensible preventExtensions getOwnPropertySymbols
    groupBy`),
  'Object.prototype': list(`__defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ isPrototypeOf
    propertyIsEnumerable toLocaleString`),
  'Function.prototype': [],
  'Number': list('isInteger isFinite isNaN isSafeInteger parseInt parseFloat'),
  'Number.prototype': list('toPrecision toExponential toLocaleString'),
  'Math': list(`trunc imul log2 log10 log1p hypot clz32 fround cbrt expm1 acosh asinh atanh cosh sinh tanh
    LOG2E LOG10E`),
  'String': list('raw fromCodePoint'),
  'String.prototype': list(`codePointAt localeCompare matchAll search trimStart trimEnd trimLeft trimRight at
    normalize isWellFormed toWellFormed toLocaleUpperCase toLocaleLowerCase anchor big blink bold fixed fontcolor
    fontsize italics link small strike sub sup`),
  'Date': list('UTC'),
  'Date.prototype': list(`toDateString toTimeString toGMTString setUTCDate setUTCFullYear setUTCHours
    setUTCMilliseconds setUTCMinutes setUTCMonth setUTCSeconds getYear setYear toLocaleString toLocaleDateString
    toLocaleTimeString`),
  'RegExp.prototype': list('compile'),
  'Error': list('captureStackTrace'),
  'ArrayBuffer': list('isView'),
  'ArrayBuffer.prototype': list('slice resize resizable maxByteLength transfer transferToFixedLength detached'),
  'DataView.prototype': list('getBigInt64 setBigInt64 getBigUint64 setBigUint64'),
  'Object.getPrototypeOf(Uint8Array)': list('from of'),
  'Object.getPrototypeOf(Uint8Array.prototype)': list(`entries keys values at copyWithin findLast findLastIndex
    lastIndexOf reduceRight toLocaleString toReversed toSorted with`),
  'JSON': list('rawJSON isRawJSON'),
};
