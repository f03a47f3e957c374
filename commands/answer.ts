import { type Article, composeBylines, type Topic } from '../src/core/article.ts';
import { allTopics, topicAction, toSources } from '../src/core/bot.ts';
import type { Library } from '../src/core/library.ts';
import { holdsLoaded } from '../src/core/loaded.ts';
import { fitsButton, type Question } from '../src/core/question.ts';
import {
  type Action,
  type AskedWords,
  composeArticleEntry,
  composeClaimEntry,
  createReply,
  type Entry,
  isAsk,
  paginate,
  type Reply,
} from '../src/core/reply.ts';
import { overallVerdict, type Part, type Passage, type Verdict } from '../src/core/search.ts';
import { joinText, quote } from '../src/core/text.ts';
import { type Words, wordsOf } from '../src/i18n/words.ts';
import { askAction, isWellFormed, MAX_FOLLOW_UPS, suggestFollowUps } from './follow-ups.ts';
import { describeRecord, recordActions, recordNotes } from './record.ts';
import { composeRemark } from './remark.ts';

/** Topics offered if the article does not answer. */
const MAX_TOPICS = 3;
/** Buttons below an answer to several questions. */
const MAX_ACTIONS = 6;
/** A button's label: Slack's limit, https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const MAX_LABEL = 75;

/**
 * Of what a verdict speaks: one article, several, or the editors' claims. While some topics of an article are drafts, the bot
 * can't tell what the article lacks.
 */
export function scopeOf(articles: readonly Article[]): 'one' | 'several' | 'unfinished' {
  if (articles.some(({ hasDrafts }) => hasDrafts)) return 'unfinished';
  return articles.length > 1 ? 'several' : 'one';
}

/** The title of an answer with this verdict. */
function titleOf(verdict: Verdict, articles: readonly Article[], words: Words): string {
  // What is shown as an answer is the article's, whatever else is still a draft.
  const scope = verdict === 'answered' ? (articles.length > 1 ? 'several' : 'one') : scopeOf(articles);
  return words(`verdict.${verdict}`, { scope });
}

/** The bot's answer to one thing that was asked. */
interface PartAnswer {
  /** The bot's own remark; empty if the entries say it all. */
  readonly remark: string;
  readonly entries: readonly Entry[];
  readonly actions: readonly Action[];
  /** Buttons that lead elsewhere, whatever was asked; they stand last. */
  readonly ends: readonly Action[];
  readonly topics: readonly Topic[];
}

/**
 * The reply to a text that asks one thing or several. If it asks several, each gets its own answer under its own words.
 */
export function composeAnswer(question: Question, asked: AskedWords, parts: readonly Part[], library: Library): Reply {
  const compose = (most: number) => {
    const short = parts.map((part) => shorten(part, most));
    const [only, ...others] = short;
    return only && others.length === 0
      ? composeOne(question, asked, only, library)
      : composeSeveral(question, short, library);
  };
  const whole = compose(Number.POSITIVE_INFINITY);
  // A button can carry a question of this length to the next page.
  if (fitsButton({ ...question, from: whole.entries.length })) return whole;
  const shorter = parts.length > 1 ? [2, 1].map(compose) : [];
  return [whole, ...shorter].find(isOnePage) ?? cutToPage(shorter.at(-1) ?? whole);
}

function shorten(part: Part, most: number): Part {
  return { ...part, passages: part.passages.slice(0, most), nearest: part.nearest.slice(0, most) };
}

function isOnePage(reply: Reply): boolean {
  return paginate(reply).entries.length === reply.entries.length;
}

function cutToPage(reply: Reply): Reply {
  const { entries } = paginate(reply);
  const cut = wordsOf(reply.question)('answer.cut', { shown: entries.length, total: reply.entries.length });
  return { ...reply, entries, total: entries.length, lead: joinText([reply.lead ?? '', cut], ' ') };
}

function composeOne(question: Question, asked: AskedWords, part: Part, library: Library): Reply {
  const { verdict, record } = part;
  const words = wordsOf(question);
  const articles = articlesOf([part], library);
  const { remark, topics, entries, actions, ends } = composePart(part, library, words);
  const answers = verdict === 'declined' ? undefined : asked;
  return createReply(question, {
    entries,
    ...(record ? { lists: articles } : {}),
    actions: [...actions, ...ends],
    outcome: verdict,
    title: record ? words('record.title') : titleOf(verdict, articles, words),
    byline: composeBylines(articles, words),
    ...(answers ? { asked: answers } : {}),
    ...(answers ? { untitled: true } : {}),
    ...(answers && !remark ? {} : { lead: answers ? remark : composeNothing(asked, articles, topics, words) }),
    notes: recordNotes(library, record ?? []),
    suggestions: topics,
  });
}

function composeNothing(
  { text, after }: AskedWords,
  articles: readonly Article[],
  topics: readonly Topic[],
  words: Words,
): string {
  const covers = topics.length > 0 ? ('.covers' as const) : ('' as const);
  const asked = { scope: scopeOf(articles), text: quote(text, words) };
  return after
    ? words(`verdict.nothing.after${covers}`, { ...asked, after: quote(after, words) })
    : words(`verdict.nothing${covers}`, asked);
}

function composeSeveral(question: Question, parts: readonly Part[], library: Library): Reply {
  const verdict = overallVerdict(parts);
  const articles = articlesOf(parts, library);
  const words = wordsOf(question);
  const answers = parts.map((part) => composePart(part, library, words));
  return createReply(question, {
    outcome: verdict,
    title: titleOf(verdict, articles, words),
    byline: composeBylines(articles, words),
    ...(verdict === 'answered' ? { untitled: true } : {}),
    lead: words('answer.several'),
    entries: answers.flatMap(({ remark, entries }, index): Entry[] => {
      const { text = '', verdict: own = 'declined' } = parts[index] ?? {};
      return [{ type: 'part', question: text, verdict: own, text: remark }, ...entries];
    }),
    notes: recordNotes(
      library,
      parts.flatMap(({ record = [] }) => record),
    ),
    actions: joinActions(answers, words),
    suggestions: [...new Set(answers.flatMap(({ topics }) => topics))],
  });
}

/** The articles that answer, or all if none does. */
function articlesOf(parts: readonly Part[], library: Library): readonly Article[] {
  const shown = parts.flatMap(({ passages, nearest }) => [...passages, ...nearest]);
  const articles = [...new Set(shown.map(({ topic }) => topic.article))];
  return articles.length > 0 ? articles : library.articles;
}

function composePart(part: Part, library: Library, words: Words): PartAnswer {
  const { verdict, passages, nearest, record } = part;
  const topics = part.topics.slice(0, MAX_TOPICS);
  if (record) {
    const entries = record.flatMap((one) => describeRecord(library, one, words));
    return { remark: '', entries, actions: recordActions(library, record, words), ends: [], topics: [] };
  }
  switch (verdict) {
    case 'answered': {
      const shown = [...new Set(passages.map(({ topic }) => topic))];
      const actions = [...suggestFollowUps(passages, library), ...shown.map((topic) => topicAction(topic, words))];
      return { ...composeClaims(part, words), actions, ends: [toSources(words)], topics: shown };
    }
    case 'nearest':
      return {
        remark: words('verdict.near', { scope: scopeOf(articlesOf([part], library)) }),
        entries: nearest.map(({ claim, topic }) => ({ ...composeClaimEntry(claim, topic), nearest: true })),
        actions: nearest.map((passage) => suggestAsk(passage, words)),
        ends: [allTopics(words)],
        topics,
      };
    case 'declined':
      return {
        remark: words('verdict.nothing.that', { scope: scopeOf(library.articles) }),
        entries: [],
        actions: topics.map((topic) => topicAction(topic, words)),
        ends: [allTopics(words)],
        topics,
      };
  }
}

/** The claims that answer, article by article. If the question was who says so, each names its source. */
function composeClaims({ passages, trace }: Part, words: Words): Pick<PartAnswer, 'remark' | 'entries'> {
  const articles = Map.groupBy(passages, ({ topic }) => topic.article);
  const remarks = new Map(passages.map(({ claim, topic }) => [claim, composeRemark(claim, topic.article, words)]));
  const [remark = '', ...others] = trace ? new Set(remarks.values()) : [];
  const entries = [...articles].flatMap(([article, own]) => [
    ...(articles.size > 1 ? [composeArticleEntry(article, words)] : []),
    ...own.map(({ claim, topic }) =>
      composeClaimEntry(claim, topic, others.length > 0 ? remarks.get(claim) : undefined),
    ),
  ]);
  return { entries, remark: others.length > 0 ? '' : remark };
}

/**
 * A button that asks the editors' own question for the claim, or opens its topic if no question is fit for a button. A
 * question with a loaded term isn't offered: only people may use one.
 */
function suggestAsk({ claim, topic, ask }: Passage, words: Words): Action {
  const asks = [...(ask ? [ask] : []), ...claim.asks].filter(
    (one) => isWellFormed(one) && !holdsLoaded(one, topic.article),
  );
  const actions = asks.map((one) => ({ ...askAction(one), label: words('action.meant', { ask: one }) }));
  return (
    actions.find(({ label, question }) => label.length <= MAX_LABEL && fitsButton(question)) ??
    topicAction(topic, words)
  );
}

/** The buttons of all parts, interleaved: a few that ask a question, then those that lead elsewhere. */
function joinActions(answers: readonly PartAnswer[], words: Words): Action[] {
  const own = answers.map(({ actions }) => actions);
  const asks = takeTurns(own.map((actions) => actions.filter(isAsk))).slice(0, MAX_FOLLOW_UPS);
  const others = takeTurns(own.map((actions) => actions.filter((action) => !isAsk(action))));
  return [...asks, ...others.slice(0, MAX_ACTIONS - asks.length - 1), allTopics(words)];
}

function takeTurns(lists: readonly (readonly Action[])[]): Action[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, place) => lists.flatMap((one) => one[place] ?? [])).flat();
  return [...new Map(inTurn.map((action) => [action.label, action])).values()];
}
