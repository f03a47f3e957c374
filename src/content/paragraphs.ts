/** An article's own text by its paragraphs' names: `1`, `2`, … and `author`. */
export type Paragraphs = ReadonlyMap<string, string>;

/** What `briefing import` writes beside a draft, for the editors: `**7.** The text of paragraph 7.` */
export const PARAGRAPHS_FILE = 'paragraphs.md';

/** The heading below which that file lists what was set apart. */
export const SET_APART = '## Set apart, not numbered';

/** What was set apart and not numbered, as the file has it: `- caption, after paragraph 3: …` without the hyphen. */
export function parseSetApart(text: string): string[] {
  const [, list = ''] = text.split(`\n${SET_APART}\n`);
  return list.split(/\r?\n/).flatMap((line) => (line.startsWith('- ') ? [line.slice(2)] : []));
}

/** Reads that file. A paragraph may run over several lines, to the next one or a heading. */
export function parseParagraphs(text: string): Paragraphs {
  const paragraphs = new Map<string, string>();
  let name: string | undefined;
  for (const line of text.split(/\r?\n/)) {
    const [, next, rest = ''] = /^\*\*([1-9]\d{0,4}|author)\.\*\* ?(.*)$/.exec(line) ?? [];
    if (next !== undefined) {
      name = next;
      paragraphs.set(name, rest);
    } else if (line.startsWith('#')) name = undefined;
    else if (name !== undefined) paragraphs.set(name, `${paragraphs.get(name)}\n${line}`);
  }
  return paragraphs;
}
