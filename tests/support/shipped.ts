import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The project's own article, alone: articles that an editor adds beside it change no test. */
export const CONTENT = process.env.TEST_CONTENT ?? resolve('content');

/** Run by vitest before all tests; what it returns runs after them. */
export default async function copyArticle(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'briefing-content-'));
  await cp('content/azerbaijan-israel', join(directory, 'azerbaijan-israel'), { recursive: true });
  // Workers inherit it.
  process.env.TEST_CONTENT = directory;
  return () => rm(directory, { recursive: true });
}
