// Fits src/search/weights.ts: a logistic regression on the tune half of tests/questions/ and on the content's own
// questions, each asked of content without it. Prints both tables. Run with: npx node bench/fit-search.ts
import { readFile } from 'node:fs/promises';
import { listCommands } from '../commands/index.ts';
import { loadContent } from '../src/content/load.ts';
import type { Topic } from '../src/core/article.ts';
import { createLibrary, type Library } from '../src/core/library.ts';
import { confidence, type Features } from '../src/search/score.ts';
import { createSearch } from '../src/search/search.ts';
import { type Semantics, startSemantics } from '../src/search/semantic.ts';
import { ANSWERED, type Weights } from '../src/search/weights.ts';

const FOLDS = 5;
const STEPS = 6000;
const RATE = 0.5;
const PENALTY = 0.001;
/** Kinds that rules decide and no weights. */
const BY_RULE = new Set(['injection', 'foreign', 'meta']);
/** There are several times as many questions of the content's own as others: together they count about as much. */
const WEIGHT = { asked: 1, own: 0.15, open: 0.5 };

interface Example {
  readonly features: Features;
  readonly answered: number;
  readonly weight: number;
}
interface DebugOutput {
  readonly candidates?: readonly { readonly features: Features }[];
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const library = await loadContent('content', []);

/** The library without every question whose number falls into a fold, and those questions. */
function holdOut(fold: number): { rest: Library; asks: string[]; open: string[] } {
  let counter = 0;
  const [asks, open]: [string[], string[]] = [[], []];
  const keep = (held: string[]) => (question: string) => {
    counter += 1;
    if (counter % FOLDS !== fold) return true;
    held.push(question);
    return false;
  };
  const topics = library.topics.map(
    (topic): Topic => ({
      ...topic,
      claims: topic.claims.map((claim) => ({ ...claim, asks: claim.asks.filter(keep(asks)) })),
      unanswered: topic.unanswered.filter(keep(open)),
    }),
  );
  return { rest: createLibrary(library.articles, topics), asks, open };
}

async function measureAll(
  from: Library,
  questions: readonly { text: string; answered: number; weight: number }[],
  semantics: Semantics | undefined,
): Promise<Example[]> {
  const search = await createSearch(from, listCommands(from), { semantics });
  await search.ready;
  const examples: Example[] = [];
  for (const { text, answered, weight } of questions) {
    const { debug } = await search.ask(text);
    const features = (debug as DebugOutput | undefined)?.candidates?.[0]?.features;
    if (features) examples.push({ features, answered, weight });
  }
  search.close();
  return examples;
}

function fit(examples: readonly Example[]): Record<string, number> {
  const names = Object.keys(examples[0]?.features ?? {}) as (keyof Features)[];
  const rows = examples.map(({ features, ...rest }) => ({ ...rest, x: [1, ...names.map((name) => features[name])] }));
  const weights = rows[0]?.x.map(() => 0) ?? [];
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : PENALTY * weight));
    for (const { x, answered, weight } of rows) {
      const sum = x.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0);
      const error = (weight * (1 / (1 + Math.exp(-sum)) - answered)) / rows.length;
      for (const [at, value] of x.entries()) gradient[at] = (gradient[at] ?? 0) + error * value;
    }
    for (const at of weights.keys()) weights[at] = (weights[at] ?? 0) - RATE * (gradient[at] ?? 0);
  }
  return Object.fromEntries(['constant', ...names].map((name, at) => [name, Number((weights[at] ?? 0).toFixed(2))]));
}

/** Of the content's own questions, asked of content without them: how many the weights, fitted anew, answer and decline. */
function judge(own: readonly Example[], without: string): string {
  const kept = own.map((one) => ({ ...one, features: { ...one.features, [without]: 0 } as Features }));
  const weights = fit(kept) as unknown as Weights;
  const share = (answered: number) => {
    const some = kept.filter((one) => one.answered === answered);
    const right = some.filter(({ features }) => confidence(features, weights) >= ANSWERED === (answered === 1));
    return `${((100 * right.length) / some.length).toFixed(1)} %`;
  };
  return `answered ${share(1)}, declined ${share(0)}`;
}

const tune = (await readFile('tests/questions/azerbaijan-israel.tune.jsonl', 'utf8'))
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { kind: string; question: string; paragraphs: unknown[] })
  .filter(({ kind }) => !BY_RULE.has(kind))
  .map(({ question, paragraphs }) => ({
    text: question,
    answered: paragraphs.length > 0 ? 1 : 0,
    weight: WEIGHT.asked,
  }));

const semantics = startSemantics('data/fit-embeddings.bin');
for (const [name, by] of [
  ['SEMANTIC_WEIGHTS', semantics],
  ['LEXICAL_WEIGHTS', undefined],
] as const) {
  const examples = await measureAll(library, tune, by);
  let held = 0;
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const { rest, asks, open } = holdOut(fold);
    const asked = [
      ...asks.map((text) => ({ text, answered: 1, weight: WEIGHT.own })),
      ...open.map((text) => ({ text, answered: 0, weight: WEIGHT.open })),
    ];
    const measured = await measureAll(rest, asked, by);
    held += measured.length;
    examples.push(...measured);
  }
  const own = examples.slice(-held);
  for (const without of ['nothing', ...Object.keys(own[0]?.features ?? {})])
    print(`  without ${without.padEnd(16)}${judge(own, without)}`);
  print(`${name}: ${examples.length} questions\n${JSON.stringify(fit(examples), null, 2)}`);
}
await semantics.close();
