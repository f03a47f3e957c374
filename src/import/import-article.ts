import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { toSlug } from '../core/slug.ts';
import type { Apart } from './blocks.ts';
import { readApart } from './read-apart.ts';
import { GUESSED_PARAGRAPHS } from './read-article.ts';
import { type Document, formatOf } from './read-document.ts';
import type { Network } from './web/addresses.ts';
import { fetchPage, MOST_BYTES } from './web/fetch-page.ts';

export interface Imported {
  readonly folder: string;
  readonly title: string;
  /** Relative to the folder. */
  readonly files: readonly string[];
  readonly paragraphs: number;
  /** What was set apart and not numbered, in the order of the text. */
  readonly apart: readonly Apart[];
  /** What editors have to check before anything else. */
  readonly warning?: string;
}

export interface ImportOptions {
  /** The name of the article's folder; made from the title if left out. */
  readonly name?: string | undefined;
  /** Pieces that are paragraphs, too, such as the standfirst. */
  readonly counted?: readonly Apart[] | undefined;
  /** Networks from which pages may be read though they aren't on the public web. */
  readonly networks?: readonly Network[];
  /** Now, in milliseconds since 1970. */
  readonly now?: number;
}

/**
 * Turns the article in a file, at an address on the web or in a document into a folder of drafts below `directory`.
 * `commands` are names that topics may not take. Never overwrites, and leaves nothing half-written. Throws NameTaken if there
 * is such a folder, and UserError with the remedy.
 */
export async function importArticle(
  directory: string,
  source: string | Document,
  commands: readonly string[],
  { name, counted, networks = [], now = Date.now() }: ImportOptions = {},
): Promise<Imported> {
  const document = typeof source === 'string' ? await find(source, networks) : source;
  const retrieved = document.address ? new Date(now).toISOString().slice(0, 10) : undefined;
  const { article, draft } = await readApart({ document, takenSlugs: commands, counted, retrieved });
  const folder = join(directory, toSlug(name ?? article.title, 60) || 'article');
  if (await stat(folder).catch(() => undefined)) {
    throw new NameTaken(folder);
  }
  await writeWhole(folder, draft);
  return {
    folder,
    title: article.title,
    files: Object.keys(draft),
    paragraphs: article.sections.reduce((total, { paragraphs }) => total + paragraphs.length, 0),
    apart: article.apart.map(({ role }) => role),
    ...(article.hasGuessedParagraphs ? { warning: GUESSED_PARAGRAPHS } : {}),
  };
}

function find(source: string, networks: readonly Network[]): Promise<Document> {
  return isAddress(source) ? fetchPage(source, { networks }) : readSource(resolve(source));
}

/** An article whose folder is there already. */
export class NameTaken extends UserError {
  override readonly name = 'NameTaken';

  constructor(folder: string) {
    super(`${folder} already exists; choose another name with --name`);
  }
}

/** Whether a source is an address rather than a file. */
export function isAddress(source: string): boolean {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(source);
}

/** Writes the files beside their place, then puts the folder there: a running bot never sees half of it. */
async function writeWhole(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const draft = join(dirname(folder), `.${process.pid}-import`);
  try {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(dirname(join(draft, path)), { recursive: true });
      await writeFile(join(draft, path), content, { flag: 'wx' });
    }
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function readSource(file: string): Promise<Document> {
  const found = await stat(file).catch(refuse);
  if (!found.isFile()) throw new UserError(`${file} isn't an ordinary file; give the file that holds the article`);
  if (found.size > MOST_BYTES)
    throw new UserError(`${file} is larger than 10 MB; give a file that holds only the article`);
  return { name: file, format: formatOf(file), bytes: await readFile(file).catch(refuse) };

  function refuse({ code }: NodeJS.ErrnoException): never {
    throw new UserError(`${file} cannot be read (${code}); check its name and its permissions`);
  }
}
