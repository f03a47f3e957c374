import { readFile } from 'node:fs/promises';

/** An invented article's text in the form that `briefing import` writes for editors. */
export async function composeParagraphsFile(article: string): Promise<string> {
  const text = await readFile(`tests/fixtures/articles/${article}/article.md`, 'utf8');
  return text.replace(/^## (?:P(\d+)|author)\n+/gm, (_, number: string | undefined) => `**${number ?? 'author'}.** `);
}
