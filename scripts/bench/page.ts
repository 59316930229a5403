import { sectionMarkdown, type Section } from './table.ts';

/**
 * The page with the blocks of these sections replaced: what stands between `<!-- bench:ID -->` and
 * `<!-- /bench:ID -->`. Sections without a block are left out, and the other way round.
 */
export function fillPage(page: string, sections: readonly Section[], command: string): string {
  return sections.reduce((text, section) => {
    const start = `<!-- bench:${section.id} -->`;
    const end = `<!-- /bench:${section.id} -->`;
    const [before, rest] = splitAt(text, start);
    const [, after] = splitAt(rest ?? '', end);
    if (rest === undefined || after === undefined) return text;
    return `${before}${start}\n\nMade by \`${command}\`.\n\n${sectionMarkdown(section)}\n\n${end}${after}`;
  }, page);
}

function splitAt(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)];
}
