import { check } from 'recheck';
import { describe, expect, it, vi } from 'vitest';
import { type Found, listSources, loadBuilt, readPatterns } from './support/regular-expressions.ts';

/**
 * recheck counts the characters that a match reads. Its limits in milliseconds are off, for on a busy machine they take
 * what is fast for slow; fewer attempts than by default keep it quick.
 */
const LIMITS = {
  ...{ timeout: null, attackTimeout: null, incubationTimeout: null, seedingTimeout: null },
  ...{ maxRepeatCount: 1000, maxNFASize: 3000, attackLimit: 300_000_000, maxAttackStringSize: 100_000 },
  ...{ maxInitialGenerationSize: 100, maxGenerationSize: 30, maxIteration: 3 },
};

/** Where regular expressions may take quadratic time, because what they read is short by then. */
const SHORT = {
  'src/search/': 'a question has at most MAX_QUESTION_LENGTH characters when it is searched for',
  'src/content/': 'an editor’s own files, whose size is limited',
  'src/app/': 'the operator’s own environment variables',
};
const isShort = (file: string) => Object.keys(SHORT).some((folder) => file.startsWith(folder));

/** What is wrong with a regular expression; undefined if its time grows with the length of the text and no faster. */
async function findFault({ file, source, flags }: Found): Promise<string | undefined> {
  const result = await check(source, flags, LIMITS);
  if (result.status === 'safe') return undefined;
  const where = `/${source}/${flags} in ${file}`;
  if (result.status === 'unknown') return `${where}: recheck gave up (${result.error.kind})`;
  const { complexity, attack } = result;
  if (isShort(file) && complexity.type === 'polynomial' && complexity.degree === 2) return undefined;
  return `${where}: ${complexity.summary}, such as ${attack.pattern}`;
}

const sources = listSources(['src', 'commands']).map((file) => ({ file, ...readPatterns(file) }));

describe('no regular expression takes longer than a linear time', () => {
  it.each(sources.filter(({ literals }) => literals.length > 0))('in $file', async ({ literals }) => {
    expect((await Promise.all(literals.map(findFault))).filter(Boolean)).toEqual([]);
  });

  it.each(sources.filter(({ builds }) => builds))('built in $file', async ({ file }) => {
    // Another test of this worker may have loaded it.
    vi.resetModules();
    const built = await loadBuilt(file);
    expect(built).not.toEqual([]);
    expect((await Promise.all(built.map(findFault))).filter(Boolean)).toEqual([]);
  });

  it('none is built inside a function, where this check cannot see it', () => {
    expect(sources.filter(({ hidden }) => hidden.length > 0).map(({ file, hidden }) => ({ file, hidden }))).toEqual([]);
  });
});

describe('the check itself', () => {
  it('finds a literal, wherever it stands, and knows a slow one', async () => {
    const { literals } = readPatterns(
      'x.ts',
      'export const clean = (text: string): string => text.replace(/!+$/g, "");',
    );
    expect(literals).toEqual([{ file: 'x.ts', source: '!+$', flags: 'g' }]);
    expect(await findFault({ file: 'x.ts', source: '!+$', flags: 'g' })).toContain('2nd degree polynomial');
    expect(await findFault({ file: 'x.ts', source: '^(a+)+$', flags: '' })).toContain('exponential');
  });

  it('allows quadratic time for short texts, and never more', async () => {
    const file = 'src/search/x.ts';
    expect(await findFault({ file, source: '!+$', flags: '' })).toBeUndefined();
    expect(await findFault({ file, source: '<#[^|>]*\\|?([^>]*)>', flags: '' })).toContain('3rd degree polynomial');
  });

  it('finds those that are built inside functions', () => {
    expect(readPatterns('x.ts', 'const find = (id: string) =>\n  new RegExp(id);').hidden).toEqual([2]);
    expect(readPatterns('x.ts', 'class A { b() { return RegExp("x"); } }').hidden).toEqual([1]);
    expect(readPatterns('x.ts', 'const A = new RegExp("x");')).toEqual({ literals: [], builds: true, hidden: [] });
  });
});
