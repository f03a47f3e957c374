import { textKey } from '../content/lint/tokens.ts';
import type { Paragraph } from '../core/article.ts';
import { countNoun } from '../core/count.ts';
import { createLibrary, type Library } from '../core/library.ts';
import { type Findings, overallVerdict } from '../core/search.ts';
import { quote } from '../core/text.ts';
import { contentStems, tokens } from '../search/words.ts';
import type { TestQuestion } from './evaluate.ts';

/** What a search says to a text. */
export type AskSearch = (text: string) => Promise<Findings>;

/** A question by which a change of content is judged. */
export interface EffectQuestion {
  readonly text: string;
  /** `unknown`: nobody has said what a right answer is, so that a change is told and not counted. */
  readonly wanted: 'answered' | 'open' | 'unknown';
  /** The ids of the claims that answer; any claim of `paragraphs` if left out. */
  readonly claims?: readonly string[] | undefined;
  readonly paragraphs?: readonly Paragraph[] | undefined;
}

/** What a change of content does to a set of questions. */
export interface Effect {
  /** Questions of which it is known what a right answer is. */
  readonly asked: number;
  readonly right: { readonly before: number; readonly after: number };
  /** Only questions whose outcome changes, at most 20, those that get worse first. */
  readonly changes: readonly EffectChange[];
  /** At most 20 that are wrong before and after, with what comes of them. */
  readonly wrong: readonly { readonly question: string; readonly after: string }[];
}

export interface EffectChange {
  readonly question: string;
  /** A few words for people, such as `declined` or `answered with “…”`. */
  readonly before: string;
  readonly after: string;
  /** Absent if it is as right as before, or if nobody knows. */
  readonly better?: boolean;
}

/** Questions asked at most: twice so many searches take a second or two. */
export const MAX_EFFECT_QUESTIONS = 400;
const MAX_CHANGES = 20;
/** Every so many questions one is asked in each round. */
const STRIDE = 8;

/** Asks each question of the content as it is and as it would be, for as long as `mayGoOn` says so; at least one. */
export async function effectOf(
  before: AskSearch,
  after: AskSearch,
  questions: readonly EffectQuestion[],
  mayGoOn: () => boolean = () => true,
): Promise<Effect> {
  const right = { before: 0, after: 0 };
  const changes: EffectChange[] = [];
  const wrong: { question: string; after: string }[] = [];
  let known = 0;
  for (const question of spread(thin(questions, MAX_EFFECT_QUESTIONS))) {
    known += Number(question.wanted !== 'unknown');
    const [was, is] = [await before(question.text), await after(question.text)];
    const [wasRight, isRight] = [isRightAnswer(question, was), isRightAnswer(question, is)];
    right.before += Number(wasRight === true);
    right.after += Number(isRight === true);
    const [described, now] = [describe(was), describe(is)];
    if (described !== now || wasRight !== isRight) {
      const better = wasRight === isRight ? {} : { better: isRight === true };
      changes.push({ question: question.text, before: described, after: now, ...better });
    } else if (isRight === false) wrong.push({ question: question.text, after: now });
    if (!mayGoOn()) break;
  }
  const weight = ({ better }: EffectChange) => (better === false ? 0 : better ? 1 : 2);
  return {
    asked: known,
    right,
    changes: changes.toSorted((a, b) => weight(a) - weight(b)).slice(0, MAX_CHANGES),
    wrong: wrong.slice(0, MAX_CHANGES),
  };
}

function isRightAnswer({ wanted, claims, paragraphs = [] }: EffectQuestion, findings: Findings): boolean | undefined {
  if (wanted === 'unknown') return undefined;
  const isAnswered = !findings.refusal && overallVerdict(findings.parts) === 'answered';
  if (wanted === 'open') return !isAnswered;
  const [first] = findings.parts.flatMap(({ passages }) => passages);
  if (!isAnswered || !first) return false;
  return claims ? claims.includes(first.claim.id) : first.claim.paragraphs.some((one) => paragraphs.includes(one));
}

function describe({ parts, refusal, instead }: Findings): string {
  if (refusal || instead) return 'declined';
  const verdict = overallVerdict(parts);
  const [first] = parts.flatMap(({ passages }) => passages);
  const [near] = parts.flatMap(({ nearest }) => nearest);
  if (verdict === 'answered') return first ? `answered with ${quote(first.claim.text)}` : 'answered from the record';
  return verdict === 'nearest' && near ? `not answered, nearest ${quote(near.claim.text)}` : 'declined';
}

/** Sentences of one sort, below a heading that says what they are. */
export interface EffectGroup {
  readonly title: string;
  readonly sentences: readonly string[];
}

/** The effect in words: what it comes to, then question by question. */
export function explainEffect({ asked, right, changes, wrong }: Effect): {
  readonly summary: string;
  readonly groups: readonly EffectGroup[];
} {
  const tell = ({ question, before, after }: EffectChange) =>
    `${quote(question)} was ${before}, and would be ${after}.`;
  const those = (better: boolean | undefined) => changes.filter((one) => one.better === better).map(tell);
  const groups = [
    { title: 'These would go wrong:', sentences: those(false) },
    { title: 'These would come right:', sentences: those(true) },
    { title: 'These would change:', sentences: those(undefined) },
    {
      title: 'These are wrong, as before:',
      sentences: wrong.map(({ question, after }) => `${quote(question)} is ${after}.`),
    },
  ];
  return {
    summary:
      asked === 0
        ? 'There is no question by which this could be judged.'
        : right.before === right.after
          ? `Of ${countNoun(asked, 'question')} with a known answer, ${right.after} are right, as before.`
          : `Of ${countNoun(asked, 'question')} with a known answer, ${right.before} were right and ${right.after} would be.`,
    groups: groups.filter(({ sentences }) => sentences.length > 0),
  };
}

/** The same in whole sentences, one after the other. */
export function describeEffect(effect: Effect): readonly string[] {
  const { summary, groups } = explainEffect(effect);
  return [summary, ...groups.flatMap(({ title, sentences }) => [title, ...sentences])];
}

/**
 * The questions that the content's own wordings are, thinned evenly to `most`. Word for word they prove nothing, so each is
 * reduced to its telling words, as somebody in a hurry types it; those of fewer than two are left out.
 */
export function questionsOf({ topics }: Library, most: number): readonly EffectQuestion[] {
  const all = topics.flatMap(({ claims, unanswered }): EffectQuestion[] => [
    ...claims.flatMap(({ id, asks }) => asks.map((ask) => ({ text: ask, wanted: 'answered' as const, claims: [id] }))),
    ...unanswered.map((text) => ({ text, wanted: 'open' as const })),
  ]);
  const short = all.flatMap((question) => {
    const text = shorten(question.text);
    return text === undefined ? [] : [{ ...question, text }];
  });
  return thin(short, most);
}

/** The telling words of a question; undefined if it has fewer than two, or nothing else. */
function shorten(text: string): string | undefined {
  const telling = new Set(contentStems(text));
  const words = tokens(text).filter((word) => telling.has(contentStems(word)[0] ?? ''));
  return words.length < 2 || words.join(' ') === textKey(text) ? undefined : words.join(' ');
}

/** The questions of a set as `briefing eval` reads it; those that follow up others, or ask several things, are left out. */
export function toEffectQuestions(questions: readonly TestQuestion[]): readonly EffectQuestion[] {
  return questions.flatMap(({ question, verdict, claims, paragraphs, before, parts }): EffectQuestion[] => {
    if (before !== undefined || parts || verdict === 'record') return [];
    if (verdict !== 'answered') return [{ text: question, wanted: 'open' }];
    return [{ text: question, wanted: 'answered', claims, paragraphs }];
  });
}

/** Far apart first, so that whatever is asked before the time is up is of all sorts. */
function spread<T>(list: readonly T[]): readonly T[] {
  return Array.from({ length: STRIDE }, (_, start) => list.filter((_one, index) => index % STRIDE === start)).flat();
}

function thin<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, index) => list[Math.floor((index * list.length) / most)] as T);
}

/** A question that becomes one of a claim's, or one that a topic leaves open. */
export type WordingChange =
  | { readonly claim: string; readonly question: string }
  | { readonly topic: string; readonly question: string };

/** The library as it would be with one more wording. `claim` is an id, `topic` a slug; nothing changes if there is none. */
export function withWording({ articles, topics }: Library, change: WordingChange): Library {
  const { question } = change;
  return createLibrary(
    articles,
    topics.map((topic) => {
      if ('topic' in change) {
        return topic.slug === change.topic ? { ...topic, unanswered: [...topic.unanswered, question] } : topic;
      }
      if (!topic.claims.some(({ id }) => id === change.claim)) return topic;
      const claims = topic.claims.map((claim) =>
        claim.id === change.claim ? { ...claim, asks: [...claim.asks, question] } : claim,
      );
      return { ...topic, claims };
    }),
  );
}
