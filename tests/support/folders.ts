import { existsSync, globSync } from 'node:fs';
import { resolve } from 'node:path';

/** A short article on another subject than the project's own, written for the tests. */
export const HARBOUR = resolve('tests/fixtures/content');

/**
 * The article that tests run on: a copy of the project's own as it once was, with few wordings. Editors may change, remove
 * or replace what is in `content/` without breaking a test.
 */
export const CONTENT = resolve('tests/fixtures/frozen');

/** What the project answers from now: only for tests of that content's own quality. */
export const SHIPPED = resolve('content');

/** Whether the project's content has any article, or this one. */
export function isShipped(article?: string): boolean {
  if (article) return existsSync(resolve(SHIPPED, article, 'article.yaml'));
  return globSync('*/article.yaml', { cwd: SHIPPED }).length > 0;
}
