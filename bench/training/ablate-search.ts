// Prints the table of docs/search.md: what each group of features is worth on articles whose questions the weights have not seen.
// For each article, weights are fitted on the questions of all others. Run with: npm run ablation
import { examplesOf, type MeasuredArticle, measureArticles } from '../../src/app/measure-articles.ts';
import { type Features, RULING_OUT } from '../../src/search/decide/features.ts';
import { probability } from '../../src/search/decide/logistic.ts';
import { fitLogistic } from '../../src/search/fit/logistic-regression.ts';
import { startSemantics } from '../../src/search/semantic.ts';

/** Share of near misses and reversed questions that may be asserted when the right answers are counted. */
const ASSERTED = 0.08;

const GROUPS: Readonly<Record<string, readonly (keyof Features)[]>> = {
  everything: [],
  'without open questions': ['openSimilarity', 'openOverlap', 'openShare', 'lead', 'fitLead'],
  'without question words': ['sameForm', 'fit', 'fitLead'],
  'without what is wanted': ['sameWant', 'unfit', 'focusMissing'],
  'without who does what': ['agrees', 'clashes', 'reversed', 'substituted'],
  'without opposites and order of numbers': ['otherWay', 'swappedNumbers'],
  'without names and numbers': ['otherName', 'otherNumbers'],
  'without neighbours': ['support', 'openShare'],
  'without meaning': ['similarity', 'openSimilarity'],
};

interface Rated {
  readonly sure: number;
  readonly right: boolean;
}

const articles = await measureArticles(
  ['content', 'tests/fixtures/articles'],
  ['azerbaijan-israel', 'tram-line', 'kelp-farms', 'phone-ban'].map((slug) => `tests/questions/${slug}.tune.jsonl`),
  (slug) => startSemantics(`data/fit/${slug}.bin`),
  (slug) => process.stderr.write(`measured ${slug}\n`),
);
process.stdout.write('| | right | near misses asserted | reversed asserted |\n|---|---|---|---|\n');
for (const [name, left] of Object.entries(GROUPS)) {
  const shares = articles.map((article) => score(article, left));
  const cells = [0, 1, 2].map((at) => percent(shares.reduce((sum, one) => sum + (one[at] ?? 0), 0) / shares.length));
  process.stdout.write(`| ${name} | ${cells.join(' | ')} |\n`);
}

/** Shares of right answers, near misses and reversed questions asserted, at the threshold that asserts `ASSERTED` of the latter two. */
function score({ slug, written }: MeasuredArticle, left: readonly (keyof Features)[]): number[] {
  const others = articles.map((one) => (one.slug === slug ? { ...one, written: [] } : one));
  const weights = fitLogistic(examplesOf(others), [...RULING_OUT, ...left]);
  const rate = (wanted: (kind: string) => boolean): Rated[] =>
    written
      .filter(({ known }) => wanted(known.kind ?? ''))
      .map(({ first: [best] }) => ({
        sure: best && best.features.noOthers === 0 ? probability(best.features, weights) : 0,
        right: best?.holds ?? false,
      }));
  const answerable = rate((kind) => kind === 'plain' || kind === 'paraphrase' || kind === 'terse');
  const near = rate((kind) => kind === 'near-miss');
  const turned = rate((kind) => kind === 'turned');
  const wrong = [...near, ...turned].sort((a, b) => b.sure - a.sure);
  const threshold = wrong[Math.floor(wrong.length * ASSERTED)]?.sure ?? 0;
  const share = (list: readonly Rated[], isOf: (one: Rated) => boolean) =>
    list.filter(isOf).length / (list.length || 1);
  return [
    share(answerable, ({ sure, right }) => right && sure > threshold),
    share(near, ({ sure }) => sure > threshold),
    share(turned, ({ sure }) => sure > threshold),
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
