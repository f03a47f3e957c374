import type { Topic } from '../../core/article.ts';
import { createLibrary, type Library } from '../../core/library.ts';
import type { AboutFeatures } from '../decide/about.ts';
import type { Features } from '../decide/features.ts';
import { EVERYDAY, openIndex } from '../open-index.ts';
import type { Semantics } from '../semantic.ts';
import type { Example } from './logistic-regression.ts';
import { turnRound } from './turn-round.ts';

/** A question whose right answer is known. */
export interface Known {
  readonly text: string;
  /** Whether a claim answers it; by its id and its paragraphs. */
  answers(claim: { readonly id: string; readonly paragraphs: readonly (number | 'author')[] }): boolean;
  /** Whether it has to do with the article; undefined if that is left open. */
  readonly about: boolean | undefined;
  readonly weight: number;
}

export interface Examples {
  readonly answer: Example<Features>[];
  readonly about: Example<AboutFeatures>[];
}

const FOLDS = 5;
/** What a question counts, by where it comes from: the content's own are many and like one another. */
export const WEIGHTS = { written: 1, ask: 0.15, open: 0.5, everyday: 0.3, turned: 0.35 };
/** Claims measured for each question. */
const MEASURED = 3;

/** Measures questions against a library. */
export async function measureKnown(
  library: Library,
  questions: readonly Known[],
  semantics: Semantics | undefined,
  everyday: readonly string[] = EVERYDAY,
): Promise<Examples> {
  const index = await openIndex(library, { semantics, everyday });
  await index.ready;
  const examples: Examples = { answer: [], about: [] };
  for (const { text, answers, about, weight } of questions) {
    const found = await index.find(text, () => true);
    const first = found.candidates.slice(0, MEASURED);
    // The best claim tells most; the others teach which of several is the right one.
    for (const [place, { passage, features }] of first.entries()) {
      const counts = place === 0 ? weight : weight / 4;
      examples.answer.push({ features, holds: answers(passage.claim), weight: counts });
    }
    if (about !== undefined) examples.about.push({ features: found.about, holds: about, weight });
  }
  index.close();
  return examples;
}

/**
 * A library's own questions, each asked of the library without it: asks, open questions, and asks turned round, which the
 * article does not answer; and everyday questions, each half of them with the other half known.
 */
export async function measureOwn(library: Library, semantics: Semantics | undefined): Promise<Examples> {
  const all: Examples = { answer: [], about: [] };
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const { rest, held } = holdOut(library, fold);
    const measured = await measureKnown(rest, held, semantics);
    all.answer.push(...measured.answer);
    all.about.push(...measured.about);
  }
  for (const half of [0, 1]) {
    const asked = EVERYDAY.filter((_, at) => at % 2 === half);
    const known = EVERYDAY.filter((_, at) => at % 2 !== half);
    const measured = await measureKnown(library, asked.map(toEveryday), semantics, known);
    all.answer.push(...measured.answer);
    all.about.push(...measured.about);
  }
  return all;
}

function toEveryday(text: string): Known {
  return { text, answers: () => false, about: false, weight: WEIGHTS.everyday };
}

/** The library without every question whose number falls into a fold, and those questions. */
function holdOut(library: Library, fold: number): { rest: Library; held: Known[] } {
  let counter = 0;
  const held: Known[] = [];
  const keep = (known: (text: string) => Known[]) => (text: string) => {
    counter += 1;
    if (counter % FOLDS !== fold) return true;
    held.push(...known(text));
    return false;
  };
  const topics = library.topics.map((topic): Topic => {
    const open = (text: string): Known => ({ text, answers: () => false, about: true, weight: WEIGHTS.open });
    return {
      ...topic,
      claims: topic.claims.map((claim) => ({
        ...claim,
        asks: claim.asks.filter(
          keep((text) => {
            const turned = turnRound(text, topic.article);
            return [
              { text, answers: ({ id }) => id === claim.id, about: true, weight: WEIGHTS.ask },
              ...(turned ? [{ ...open(turned), weight: WEIGHTS.turned }] : []),
            ];
          }),
        ),
      })),
      unanswered: topic.unanswered.filter(keep((text) => [open(text)])),
    };
  });
  return { rest: createLibrary(library.articles, topics), held };
}
