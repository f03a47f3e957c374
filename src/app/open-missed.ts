import { textKey } from '../content/lint/tokens.ts';
import type { Article } from '../core/article.ts';
import type { Library } from '../core/library.ts';
import type { MissedQuestion, MissedQuestions, MissedText } from '../core/missed.ts';
import type { Search } from '../core/search.ts';
import { type Alike, createSubjectLikeness, createWordLikeness, groupMissed } from '../editorial/group-missed.ts';
import { namesOf } from '../editorial/suggest.ts';
import type { Semantics } from '../search/semantic.ts';
import { FOR_GOOD, findSettled, listMissed, settleQuestions } from '../store/gaps.ts';
import type { Database } from '../store/open-store.ts';
import { within } from '../time/wait.ts';

/** Texts that are grouped, those that were asked most. */
const MAX_TEXTS = 1000;
/** Texts whose meaning is compared: a model takes about 10 ms for each. */
const MAX_MEANT = 300;
/** How like in meaning two texts of one group are, 1 for the same. */
const ALIKE = 0.8;
/** How long a model may take for that, in milliseconds. */
const MEANING_MS = 15_000;
/** Questions that were answered, for which the claim is looked up. */
const MAX_LOOKED_UP = 50;
const DAY_MS = 24 * 3_600_000;

export interface MissedOptions {
  readonly db: Database;
  /** What is published now. */
  readonly library: () => Library;
  /** Finds the claim that answers a question which a reader found not answered; without it, none is named. */
  readonly search?: (() => Pick<Search, 'ask'>) | undefined;
  /** Groups by meaning too; by words alone if left out. */
  readonly semantics?: Semantics | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * What readers missed, grouped, without what editors have dealt with and without what has no answer and
 * stands in the content by now, word for word.
 */
export function openMissed(options: MissedOptions): MissedQuestions {
  const { db, now } = options;
  const groups = () => listGroups(options);
  return {
    list: groups,
    async settle(id, how) {
      const group = (await groups()).find((one) => one.id === id);
      if (!group) return;
      const today = Math.floor(now() / DAY_MS) * DAY_MS;
      await settleQuestions(db, group.texts.map(textKey), how === 'dismiss' ? FOR_GOOD : today);
    },
  };
}

/** The same for what was missed since then, in milliseconds since 1970. */
export async function listGroups(options: MissedOptions, since = 0): Promise<readonly MissedQuestion[]> {
  const { db, library, search, semantics } = options;
  const all = await listMissed(db, since);
  const known = knownKeys(library());
  const settled = await findSettled(db, [...new Set(all.map(({ text }) => textKey(text)))]);
  const open = all.filter(({ text, verdict, last }) => {
    const key = textKey(text);
    // A claim may stand under a question and still not be what readers wanted.
    const isWorded = verdict !== 'unhelpful' && known.has(key);
    return !isWorded && last > (settled.get(key) ?? 0);
  });
  const missed = await nameClaims(open.slice(0, MAX_TEXTS), search?.());
  return groupMissed(missed, await createLikeness(missed, semantics, library()));
}

/** What stands in the content already, as a question that a claim answers or that is left open. */
function knownKeys({ topics }: Library): ReadonlySet<string> {
  const texts = topics.flatMap(({ claims, unanswered }) => [...claims.flatMap(({ asks }) => asks), ...unanswered]);
  return new Set(texts.map(textKey));
}

async function nameClaims(missed: readonly MissedText[], search: Pick<Search, 'ask'> | undefined) {
  if (!search) return missed;
  const nameless = new Set(missed.filter(({ verdict }) => verdict === 'unhelpful').slice(0, MAX_LOOKED_UP));
  return Promise.all(
    missed.map(async (one) => {
      if (!nameless.has(one)) return one;
      const [part] = (await search.ask(one.text)).parts;
      const found = part?.passages[0] ?? part?.nearest[0];
      return found ? { ...one, article: found.topic.article.slug, claim: found.claim.id } : one;
    }),
  );
}

function listNames(article: Article): readonly string[] {
  return [...namesOf(article), ...Object.values(article.parties).flatMap(({ adjectives }) => adjectives)];
}

/** By words, and by meaning as far as a model says so in time. All questions on an article are alike in whom they name. */
async function createLikeness(
  missed: readonly MissedText[],
  semantics: Semantics | undefined,
  { articles }: Library,
): Promise<Alike> {
  const byWords = createWordLikeness();
  const texts = missed.slice(0, MAX_MEANT).map(({ text }) => text);
  if (!semantics || texts.length < 2) return byWords;
  const alike = semantics.pairs(texts, ALIKE).catch(() => []);
  const found: readonly (readonly [number, number])[] | undefined = await within(alike, MEANING_MS);
  const pairs = new Set((found ?? []).flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  const places = new Map(texts.map((text, place) => [text, place]));
  const sharesSubject = createSubjectLikeness(articles.flatMap(listNames));
  return (a, b) => byWords(a, b) || (pairs.has(`${places.get(a)} ${places.get(b)}`) && sharesSubject(a, b));
}
