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
  /** How it was meant, such as `plain` or `near-miss`; undefined for the content's own. */
  readonly kind?: string;
  /** Whether a claim answers it; by its id and its paragraphs. */
  answers(claim: { readonly id: string; readonly paragraphs: readonly (number | 'author')[] }): boolean;
  /** Whether it has to do with the article. */
  readonly about: boolean;
  readonly weight: number;
}

/** A question with what was found near it. */
export interface Measured {
  readonly known: Known;
  /** The claims that came first, best first, and whether each answers. */
  readonly first: readonly { readonly features: Features; readonly holds: boolean }[];
  readonly about: AboutFeatures;
}

/** What a question counts, by where it comes from: the content's own are many and like one another. */
export const WEIGHTS = { written: 1, ask: 0.15, open: 0.5, everyday: 0.3, turned: 0.35 };
/** Of so many of the content's own questions, one is held out and asked. */
const HELD_OUT = 5;
/** Claims measured for each question. */
const MEASURED = 3;

/** What the model of answers learns from: the best claim tells most, the others teach which of several is the right one. */
export function answerExamples(measured: readonly Measured[], times = 1): Example<Features>[] {
  return measured.flatMap(({ known, first }) =>
    first.map((one, place) => ({ ...one, weight: (times * known.weight) / (place === 0 ? 1 : 4) })),
  );
}

/** What the model of “is this about the article?” learns from. */
export function aboutExamples(measured: readonly Measured[]): Example<AboutFeatures>[] {
  return measured.map(({ known, about }) => ({ features: about, holds: known.about, weight: known.weight }));
}

/** Measures questions against a library. */
export async function measureKnown(
  library: Library,
  questions: readonly Known[],
  semantics: Semantics | undefined,
  everyday: readonly string[] = EVERYDAY,
): Promise<Measured[]> {
  const index = await openIndex(library, { semantics, everyday });
  await index.ready;
  const measured: Measured[] = [];
  for (const known of questions) {
    const { candidates, about } = await index.find(known.text, () => true);
    const first = candidates.slice(0, MEASURED);
    measured.push({
      known,
      first: first.map(({ passage, features }) => ({ features, holds: known.answers(passage.claim) })),
      about,
    });
  }
  index.close();
  return measured;
}

/**
 * A fifth of a library's own questions, asked of the library without them: asks, open questions, and asks turned round, which
 * the article does not answer; and everyday questions, each half of them with the other half known.
 */
export async function measureOwn(library: Library, semantics: Semantics | undefined): Promise<Measured[]> {
  const { rest, held } = holdOut(library);
  const own = await measureKnown(rest, held, semantics);
  for (const half of [0, 1]) {
    const asked = EVERYDAY.filter((_, at) => at % 2 === half);
    const known = EVERYDAY.filter((_, at) => at % 2 !== half);
    own.push(...(await measureKnown(library, asked.map(toEveryday), semantics, known)));
  }
  return own;
}

function toEveryday(text: string): Known {
  return { text, answers: () => false, about: false, weight: WEIGHTS.everyday };
}

/** The library without every fifth question, and those questions. */
function holdOut(library: Library): { rest: Library; held: Known[] } {
  let counter = 0;
  const held: Known[] = [];
  const keep = (known: (text: string) => Known[]) => (text: string) => {
    counter += 1;
    if (counter % HELD_OUT !== 0) return true;
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
