import { access, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { nameKey } from '../core/library.ts';
import { capitalize } from '../core/text.ts';
import { checkSlug, shortOf } from './check.ts';
import { PLACEHOLDER } from './draft.ts';
import { formatFault } from './fault.ts';
import { readContent } from './read.ts';

/** A topic that can't be written. The message is for the person at the terminal. */
export class NewTopicError extends UserError {
  override readonly name = 'NewTopicError';
}

/**
 * Writes a topic's page and its wordings as a draft, and returns their paths, the page's first.
 * `article` is the short name or the folder of its article, and may be left out if there is only one; the title is made from
 * the name if left out. Never overwrites.
 * Throws NewTopicError with the remedy.
 */
export async function writeNewTopic(
  directory: string,
  slug: string,
  commands: readonly string[],
  article?: string,
  title?: string,
): Promise<readonly [page: string, wordings: string]> {
  const problem = checkSlug(slug, commands, `${slug}.md`);
  if (problem) throw new NewTopicError(problem.what, `${capitalize(problem.remedy)}.`);
  const { folders } = await readContent(directory);
  const found = article
    ? folders.filter((one) =>
        [one.article.slug, shortOf(one.article)].some((name) => nameKey(name) === nameKey(article)),
      )
    : folders;
  const [folder] = found;
  if (!folder || found.length > 1) {
    const names = folders.map((one) => shortOf(one.article)).join(', ') || 'none';
    throw new NewTopicError(`name the article with --article; the articles are: ${names}`);
  }
  const old = folder.article.faults.find(({ code }) => code === 'format-old' || code === 'format-new');
  if (old) throw new NewTopicError(formatFault(old));
  const page = join(folder.path, 'topics', `${slug}.md`);
  const wordings = join(folder.path, 'wordings', `${slug}.yaml`);
  for (const path of [page, wordings]) {
    const exists = await access(path).then(
      () => true,
      () => false,
    );
    if (exists) throw new NewTopicError(`${path} already exists; edit it, or choose another name`);
  }
  await write(page, composePage(slug, title));
  await write(wordings, composeWordings(slug));
  return [page, wordings];
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flag: 'wx' });
}

function composeWordings(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return `asks:\n  ${slug}:\n    - What does the article say about ${words}?\nopen: []\n`;
}

function composePage(slug: string, wanted?: string): string {
  const words = slug.replaceAll('-', ' ');
  // A title is read as Markdown.
  const title = (wanted ?? capitalize(words)).replace(/\s+/g, ' ').replace(/[\\`*_[\]<&]/g, '\\$&');
  return `---
draft: true
aliases: []
---

# ${title}

${PLACEHOLDER} what the article says of ${words}, in one sentence.

## Claims

- ${PLACEHOLDER} one thing that the article says of ${words}, in your own words.[^note]
  - id: ${slug}
  - kind: reported
  - paragraph: 1
  - speaker: author

[^note]: **Context.** ${PLACEHOLDER} what the article does not say and a reader should know. Remove this note if there is nothing.
    - source: ${PLACEHOLDER} who says so
`;
}
