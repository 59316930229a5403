/** The files that were chosen. The field forgets them, so that the same ones can be chosen again when mended. */
export function takeFiles({ target }: Event): File[] {
  const input = target as HTMLInputElement;
  const files = [...input.files ?? []];
  input.value = '';
  return files;
}
