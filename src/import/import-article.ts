import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { toSlug } from '../core/slug.ts';
import { composeDraft } from './compose-draft.ts';
import { decodeText } from './decode-text.ts';
import { readArticle } from './read-article.ts';

/** The largest file that is read, in bytes. */
const MAX_BYTES = 10 * 1024 * 1024;

export interface Imported {
  readonly folder: string;
  readonly title: string;
  readonly files: readonly string[];
}

/**
 * Turns the article in a file into a folder of drafts below `directory`. `commands` are names that topics may not take. Never
 * overwrites. Throws UserError with the remedy.
 */
export async function importArticle(
  directory: string,
  file: string,
  commands: readonly string[],
  name?: string,
): Promise<Imported> {
  const text = await readSource(file);
  const article = readArticle(file, text);
  const slug = toSlug(name ?? article.title, 60) || 'article';
  const folder = join(directory, slug);
  if (await stat(folder).catch(() => undefined)) {
    throw new UserError(`${folder} already exists; choose another name with --name`);
  }
  const draft = composeDraft(article, commands);
  for (const [path, content] of Object.entries(draft)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content, { flag: 'wx' });
  }
  return { folder, title: article.title, files: Object.keys(draft) };
}

async function readSource(file: string): Promise<string> {
  const found = await stat(file).catch(refuse);
  if (!found.isFile()) throw new UserError(`${file} isn't an ordinary file; give the file that holds the article`);
  if (found.size > MAX_BYTES)
    throw new UserError(`${file} is larger than 10 MB; give a file that holds only the article`);
  return decodeText(file, await readFile(file).catch(refuse));

  function refuse({ code }: NodeJS.ErrnoException): never {
    throw new UserError(`${file} cannot be read (${code}); check its name and its permissions`);
  }
}
