import type { Article, Claim, Topic } from '../src/core/article.ts';
import type { FoundClaim, Library } from '../src/core/library.ts';
import { holdsLoaded } from '../src/core/loaded.ts';
import { createQuestion, fitsButton } from '../src/core/question.ts';
import type { Action } from '../src/core/reply.ts';

/** Questions offered after an answer. */
export const MAX_FOLLOW_UPS = 3;
/** Of these, on one topic: the others show what else there is. */
const MAX_OF_TOPIC = 2;
/** A button's label: Slack's limit, https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const MAX_LABEL = 75;
const MIN_WORDS = 4;

/** Yes-or-no questions suggest their answer, so they are never offered. */
const ASKING =
  /^(?:(?:In|On|At|To|For|From|By|With|Since|Under|Through|Over) )?(?:who|whom|whose|what|which|when|where|why|how)\b/i;
/** Words that stand for something said before, which a button pressed later has no longer above it. */
const POINTING =
  /\b(?:it|its|they|them|their|theirs|he|she|his|her|hers|him|this|that|these|those|there|then|one|ones|such|same|both|all)\b/i;
/** Words that ask for a judgement, which the bot never offers. */
const JUDGING =
  /\b(?:blame|blamed|guilty|fault|right|wrong|fair|just|justified|good|bad|better|worse|best|worst|true|false|evil|win|won|lost|hero|heroes|villain|crime|crimes|aggressor|occupier|invader)\b/i;
const ATTRIBUTING = /\b(?:author|article|essay|writer)\b/i;

/** Whether an ask is a question that stands alone, in whole words, and no list of keywords. */
export function isWellFormed(ask: string): boolean {
  return (
    /^\p{Lu}/u.test(ask) &&
    ask.endsWith('?') &&
    ask.length <= MAX_LABEL &&
    ask.split(' ').length >= MIN_WORDS &&
    !POINTING.test(ask)
  );
}

/** Whether the bot may put an ask forward by itself: an open question, without a judgement or a loaded word. */
export function isOffered(ask: string, article: Article): boolean {
  return isWellFormed(ask) && ASKING.test(ask) && !JUDGING.test(ask) && !holdsLoaded(ask, article);
}

/**
 * The ask of a claim that is offered as a button which can carry it. One that says it is about the article comes first.
 * Undefined if the claim has none.
 */
export function askFor({ asks }: Claim, article: Article): string | undefined {
  const fit = asks.filter((ask) => isOffered(ask, article) && fitsButton(createQuestion('ask', { question: ask })));
  return fit.find((ask) => ATTRIBUTING.test(ask)) ?? fit[0];
}

export function askAction(ask: string): Action {
  return { label: ask, question: createQuestion('ask', { question: ask }) };
}

/**
 * What somebody may ask next who has read these claims: questions that neighbouring claims answer, in the editors' own words.
 * Neighbours are on the same topic, or share a person, an organisation or a place; the rarer that is, the nearer they are.
 */
export function suggestFollowUps(shown: readonly FoundClaim[], { topics }: Library): readonly Action[] {
  const read = new Set(shown.map(({ claim }) => claim.id));
  const articles = new Set(shown.map(({ topic }) => topic.article.slug));
  const known = topics.filter(({ article }) => articles.has(article.slug));
  const counts = countNames(known);
  const total = known.reduce((sum, { claims }) => sum + claims.length, 0);
  const names = new Set(shown.flatMap(({ claim }) => namesOf(claim)));
  const own = new Set(shown.map(({ topic }) => topic.slug));
  const near = new Set(shown.flatMap(({ topic }) => topic.related));
  const weigh = (claim: Claim, topic: Topic): number =>
    (own.has(topic.slug) ? SAME_TOPIC : near.has(topic.name) ? RELATED_TOPIC : 0) +
    namesOf(claim)
      .filter((name) => names.has(name))
      .reduce((sum, name) => sum + Math.log(total / (counts.get(name) ?? total)), 0);

  const candidates = known
    .flatMap((topic) => topic.claims.map((claim) => ({ claim, topic, weight: weigh(claim, topic) })))
    .filter(({ claim, weight }) => weight > 0 && !read.has(claim.id))
    .toSorted((a, b) => b.weight - a.weight);
  const taken: { readonly ask: string; readonly topic: Topic }[] = [];
  for (const { claim, topic } of candidates) {
    if (taken.length === MAX_FOLLOW_UPS) break;
    const ask = askFor(claim, topic.article);
    const isRoom = taken.filter((one) => one.topic === topic).length < MAX_OF_TOPIC;
    if (ask !== undefined && isRoom && !taken.some((one) => one.ask === ask)) taken.push({ ask, topic });
  }
  return taken.map(({ ask }) => askAction(ask));
}

/** What counts as much as a name that one claim in so many has. */
const SAME_TOPIC = Math.log(20);
const RELATED_TOPIC = Math.log(4);

function namesOf({ people, organisations, places }: Claim): readonly string[] {
  return [...people, ...organisations, ...places];
}

function countNames(topics: readonly Topic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { claims } of topics) {
    for (const claim of claims) for (const name of namesOf(claim)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
