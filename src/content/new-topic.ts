import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PLACEHOLDER } from '../core/draft.ts';
import { UserError } from '../core/errors.ts';
import { checkSlug } from './check.ts';

/** A request that cannot be carried out, in words for the person at the terminal. */
export class NewTopicError extends UserError {
  override readonly name = 'NewTopicError';
}

/**
 * Writes a topic file, a draft that nothing is answered from, and returns its path. `article` may be left out where the content has
 * one only. Never overwrites. Throws NewTopicError with the remedy.
 */
export async function writeNewTopic(
  directory: string,
  slug: string,
  commands: readonly string[],
  article?: string,
): Promise<string> {
  const problem = checkSlug(slug, commands);
  if (problem) throw new NewTopicError(problem);
  const articles = (await readdir(directory, { withFileTypes: true }).catch(() => []))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const folder = article ?? (articles.length === 1 ? articles[0] : undefined);
  if (!folder || !articles.includes(folder)) {
    throw new NewTopicError(`name the article with --article; there are: ${articles.join(', ') || 'none'}`);
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
  - kind: reported
  - paragraph: 1
  - speaker: author
  - asks:
    - What does the article say about ${words}?

[^note]: **Context.** ${PLACEHOLDER} what the article does not say and a reader should know. Remove this where there is nothing.
`;
}
