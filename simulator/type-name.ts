/** Name of a value's type as Espruino's messages give it. */
export function typeName(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  return Object.prototype.toString.call(value).slice(8, -1);
}
