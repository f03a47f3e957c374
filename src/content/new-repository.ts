import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../core/errors.ts';

/** The folder that holds the articles, below a repository's own: what CONTENT_DIR names. */
export const ARTICLES = 'content';

/** The files of a repository by where they go, and what they are called in repository/ here. */
const FILES: Readonly<Record<string, string>> = {
  'README.md': 'README.md',
  '.gitignore': 'gitignore',
  '.github/workflows/lint.yml': 'lint.yml',
};

/** What an image's name may consist of, https://pkg.go.dev/github.com/distribution/reference */
const IMAGE = /^[A-Za-z0-9][\w./:@-]{0,250}$/;

/**
 * The files of a content repository by their paths. `image` is the bot's container image, with which it is checked. Throws
 * UserError if that isn't a valid name.
 */
export async function composeRepository(image = ''): Promise<Readonly<Record<string, string>>> {
  if (image && !IMAGE.test(image)) {
    throw new UserError(
      `"${image}" isn't the name of an image`,
      'Write one such as ghcr.io/our-newsroom/briefing-bot:1.2.0',
    );
  }
  const templates = Object.entries(FILES).map(async ([path, name]) => {
    const text = await readFile(new URL(`repository/${name}`, import.meta.url), 'utf8');
    return [path, text.replace('IMAGE_NAME', image)] as const;
  });
  return Object.fromEntries(await Promise.all(templates));
}

/** Throws UserError if one of the files is already there: nothing is ever overwritten. */
export async function checkNewRepository(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const path of Object.keys(files)) {
    const exists = await access(join(folder, path)).then(
      () => true,
      () => false,
    );
    if (exists)
      throw new UserError(`${join(folder, path)} already exists`, 'Choose another folder, or move that file away.');
  }
}

/** Writes them, and the folder for the articles. Throws UserError if one is already there. */
export async function writeRepository(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  await checkNewRepository(folder, files);
  await mkdir(join(folder, ARTICLES), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flag: 'wx' });
  }
}
