/** Fields of a form. */
export type Fields = Readonly<Record<string, string>>;

/** What a form has in it before anybody changes it, by the names of its fields. */
export function valuesIn(page: string): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [, tag = ''] of page.matchAll(/<input ([^>]*)>/g)) {
    const name = /name=(\w)/.exec(tag)?.[1];
    if (!name || tag.includes('type=checkbox')) continue;
    values[name] = unescape(/value="?([^">]*)/.exec(tag)?.[1] ?? '');
  }
  const chosen = /<option value="?(\d*)"? selected>/.exec(page) ?? /<option value="?(\d*)"?>/.exec(page);
  values['s'] = chosen?.[1] ?? '';
  return values;
}

/** The networks that a form has to choose among, by number. */
export function networksIn(page: string): string[] {
  return [...page.matchAll(/<option value=\d+(?: selected)?>([^<]*)</g)].map(([, name = '']) => unescape(name));
}

function unescape(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** Fields as a browser sends them; texts are bytes. */
export function encode(fields: Fields): string {
  const quote = (text: string) => text.replace(/[^A-Za-z0-9*._ -]/g, (byte) =>
    `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).replaceAll(' ', '+');
  return Object.entries(fields).map(([name, value]) => `${name}=${quote(value)}`).join('&');
}
