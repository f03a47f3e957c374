import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { show } from './read.ts';
import { upgradeArticle } from './upgrade.ts';
import { writeWhole } from './write-file.ts';

/** What a folder may hold that an upgrade reads. */
const PARTS = /^(article\.yaml|topics\/[^/]+\.md|wordings\/[^/]+\.yaml)$/;

/**
 * Upgrades all content below `directory` and returns the paths of the files that changed. The record, which names the
 * format, is written last: a run that was cut short can be repeated. Throws UserError that names the folder.
 */
export async function upgradeContent(directory: string): Promise<string[]> {
  const written: string[] = [];
  for (const folder of await listArticles(directory)) {
    const changed = await upgradeFolder(folder);
    for (const [path, text] of [...changed].sort(
      ([a], [b]) => Number(a === 'article.yaml') - Number(b === 'article.yaml'),
    )) {
      await writeWhole(join(folder, path), text);
      written.push(show(join(folder, path)));
    }
  }
  return written;
}

async function listArticles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UserError(
      `${show(directory)} cannot be read (${code}); name the folder that holds the articles’ folders`,
    );
  });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(directory, name))
    .sort();
}

async function upgradeFolder(folder: string): Promise<ReadonlyMap<string, string>> {
  const names = await readdir(folder, { recursive: true });
  const files = new Map<string, string>();
  for (const name of names.map((one) => one.replaceAll('\\', '/')).sort()) {
    if (PARTS.test(name)) files.set(name, await readFile(join(folder, name), 'utf8'));
  }
  try {
    return upgradeArticle(files);
  } catch (error) {
    if (error instanceof UserError) throw new UserError(`${show(folder)}/${error.message}`);
    throw error;
  }
}
