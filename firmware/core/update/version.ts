/**
 * Whether a version is newer than another: major, minor and patch are compared as numbers. What is no number is
 * neither newer nor older.
 */
export function isNewer(version: string, than: string): boolean {
  const left = version.split('.');
  const right = than.split('.');
  for (let i = 0; i < 3; i++) {
    const difference = parseInt(left[i] as string) - parseInt(right[i] as string);
    if (difference) return difference > 0;
  }
  return false;
}
