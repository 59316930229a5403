export function putInPlace(code: string, _keep: ReadonlySet<string>): string {
  return code;
}
