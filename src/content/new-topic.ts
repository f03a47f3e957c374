import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PLACEHOLDER } from '../core/draft.ts';
import { UserError } from '../core/errors.ts';
import { nameKey } from '../core/library.ts';
import { checkSlug, shortOf } from './check.ts';
import { readContent } from './read.ts';

/** A request that cannot be carried out, in words for the person at the terminal. */
export class NewTopicError extends UserError {
  override readonly name = 'NewTopicError';
}

/**
 * Writes a topic file, a draft that nothing is answered from, and returns its path. `article` is the short name or the
 * folder of its article, and may be left out where there is one only. Never overwrites. Throws NewTopicError with the
 * remedy.
 */
export async function writeNewTopic(
  directory: string,
  slug: string,
  commands: readonly string[],
  article?: string,
): Promise<string> {
  const problem = checkSlug(slug, commands, `${slug}.md`);
  if (problem) throw new NewTopicError(`${problem.what}; ${problem.remedy}`);
  const { folders } = await readContent(directory);
  const found = article
    ? folders.filter((one) =>
        [one.article.slug, shortOf(one.article)].some((name) => nameKey(name) === nameKey(article)),
      )
    : folders;
  const folder = found[0]?.article.slug;
  if (!folder || found.length > 1) {
    const names = folders.map((one) => shortOf(one.article)).join(', ') || 'none';
    throw new NewTopicError(`name the article with --article; there are: ${names}`);
  }
  const path = join(directory, folder, 'topics', `${slug}.md`);
  await mkdir(dirname(path), { recursive: true });
  try {
    await writeFile(path, composeSkeleton(slug), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new NewTopicError(`${path} is there already; edit it, or choose another name`);
  }
  return path;
}

function composeSkeleton(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  const title = words.charAt(0).toUpperCase() + words.slice(1);
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

[^note]: **Context.** ${PLACEHOLDER} what the article does not say and a reader should know. Remove this where there is nothing.
`;
}
