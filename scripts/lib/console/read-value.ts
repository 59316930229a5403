/**
 * A value as `E.toJS` of Espruino writes it: a number, a string, or a list of them. Its strings escape bytes as
 * JavaScript may and JSON may not: `\xFF`, `\0`, `\v`.
 */
export function readValue(text: string): unknown {
  if (text === '' || text === 'undefined') return undefined;
  return JSON.parse(text.replace(/\\(x[0-9a-f]{2}|[0-7]{1,3}|[^])/gi, (whole, code: string) => {
    if (/^x./i.test(code)) return unit(parseInt(code.slice(1), 16));
    if (/^[0-7]/.test(code)) return unit(parseInt(code, 8));
    const rare: Record<string, number> = { v: 11, "'": 39 };
    return rare[code] === undefined ? whole : unit(rare[code]);
  }));
}

function unit(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
