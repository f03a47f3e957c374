import { globSync, readFileSync } from 'node:fs';
import { dirname, matchesGlob, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { POSTGRES, WHOLE } from './projects.ts';
import { importsOf } from './support/imports.ts';

const FILES = globSync('tests/**/*.test.ts');

/** What takes seconds: other programs, databases on a server, a browser, the language model. */
const SLOW =
  /^(node:child_process|playwright-core|src\/search\/semantic\.ts|tests\/support\/(program|(shared-)?postgres|browser)\.ts)$/;

function isSlow(file: string): boolean {
  const names = importsOf(readFileSync(file, 'utf8').replace(/^import type [^;]*;/gm, ''));
  const targets = names.map((name) => (name.startsWith('.') ? relative('.', resolve(dirname(file), name)) : name));
  return targets.some((target) => SLOW.test(target));
}

const isIn = (globs: readonly string[], file: string) => globs.some((glob) => matchesGlob(file, glob));

it('no fast test starts a program, a database, a browser or the language model', () => {
  expect(FILES.length).toBeGreaterThan(80);
  const fast = FILES.filter((file) => !isIn([...POSTGRES, ...WHOLE], file));
  expect(fast.filter(isSlow), 'add these to tests/projects.ts').toEqual([]);
});

it('the databases’ tests alone use PostgreSQL', () => {
  const using = FILES.filter((file) => /shared-postgres\.ts'/.test(readFileSync(file, 'utf8')));
  expect(using.filter((file) => !file.endsWith('projects.test.ts') && !isIn(POSTGRES, file))).toEqual([]);
});

it('every slow test is there', () => {
  const gone = [...POSTGRES, ...WHOLE].filter((glob) => !FILES.some((file) => matchesGlob(file, glob)));
  expect(gone).toEqual([]);
});
