import { type Article, composeBylines, type Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import type { Library } from '../src/core/library.ts';
import { holdsLoaded } from '../src/core/loaded.ts';
import { createQuestion, fitsButton, type Question } from '../src/core/question.ts';
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
import { overallVerdict, type Part, type Passage } from '../src/core/search.ts';
import { quote, say } from '../src/core/text.ts';
import { askAction, isWellFormed, MAX_FOLLOW_UPS, suggestFollowUps } from './follow-ups.ts';
import { describeRecord, recordActions, recordNotes } from './record.ts';
import { composeRemark } from './remark.ts';

/** Topics offered if the article does not answer. */
const MAX_TOPICS = 3;
/** Buttons below an answer to several questions. */
const MAX_ACTIONS = 6;
/** A button's label: Slack's limit, https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const MAX_LABEL = 75;

const ALL_TOPICS: Action = { label: 'All topics', question: createQuestion('topics') };
const SOURCES: Action = { label: 'Sources', question: createQuestion('sources') };

/**
 * What the bot says about one article, and about several. While some topics of one are drafts, the bot can't tell what the
 * article lacks: it speaks of the editors' claims.
 */
const SENTENCES = {
  answered: ['What the article says', 'What the articles say', undefined],
  nearest: ['Not answered directly', 'Not answered directly', undefined],
  declined: ['The article does not say', 'The articles do not say', 'The editors’ claims so far do not say'],
  nothing: ['The article has nothing on', 'The articles have nothing on', 'The editors’ claims so far have nothing on'],
  covers: ['here is what it does cover', 'here is what they do cover', 'here is what they do cover'],
  near: [
    'The article does not answer that directly. The nearest it comes:',
    'The articles do not answer that directly. The nearest they come:',
    'The editors’ claims so far do not answer that directly. The nearest they come:',
  ],
} as const;

/** The sentence for these articles. */
export function sentence(which: keyof typeof SENTENCES, articles: readonly Article[]): string {
  const [one, several, unfinished] = SENTENCES[which];
  const isUnfinished = articles.some(({ hasDrafts }) => hasDrafts);
  return (isUnfinished ? unfinished : undefined) ?? (articles.length > 1 ? several : one);
}

/** The bot's answer to one thing that was asked. */
interface PartAnswer {
  /** The bot's own remark; empty if the entries say it all. */
  readonly remark: string;
  readonly entries: readonly Entry[];
  readonly actions: readonly Action[];
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
  const cut = `These are the first ${entries.length} of ${reply.entries.length} lines. To read the rest, ask a shorter question.`;
  return { ...reply, entries, total: entries.length, lead: say`${reply.lead ?? ''} ${cut}` };
}

function composeOne(question: Question, asked: AskedWords, part: Part, library: Library): Reply {
  const { verdict, record } = part;
  const articles = articlesOf([part], library);
  const { remark, topics, ...parts } = composePart(part, library);
  const answers = verdict === 'declined' ? undefined : asked;
  return createReply(question, {
    ...parts,
    outcome: verdict,
    title: record ? 'About the article' : sentence(verdict, articles),
    byline: composeBylines(articles),
    ...(answers ? { asked: answers } : {}),
    ...(answers ? { untitled: true } : {}),
    ...(answers && !remark ? {} : { lead: answers ? remark : composeNothing(asked, articles, topics) }),
    notes: recordNotes(library, record ?? []),
    suggestions: topics,
  });
}

function composeNothing({ text, after }: AskedWords, articles: readonly Article[], topics: readonly Topic[]): string {
  const words = after ? `${quote(text)}, after ${quote(after)}` : quote(text);
  return `${sentence('nothing', articles)} ${words}${topics.length > 0 ? `; ${sentence('covers', articles)}` : ''}.`;
}

function composeSeveral(question: Question, parts: readonly Part[], library: Library): Reply {
  const verdict = overallVerdict(parts);
  const articles = articlesOf(parts, library);
  const answers = parts.map((part) => composePart(part, library));
  return createReply(question, {
    outcome: verdict,
    title: sentence(verdict, articles),
    byline: composeBylines(articles),
    ...(verdict === 'answered' ? { untitled: true } : {}),
    lead: 'You asked several questions. Here are the answers one by one.',
    entries: answers.flatMap(({ remark, entries }, index): Entry[] => {
      const { text = '', verdict: own = 'declined' } = parts[index] ?? {};
      return [{ type: 'part', question: text, verdict: own, text: remark }, ...entries];
    }),
    notes: recordNotes(
      library,
      parts.flatMap(({ record = [] }) => record),
    ),
    actions: joinActions(answers),
    suggestions: [...new Set(answers.flatMap(({ topics }) => topics))],
  });
}

/** The articles that answer, or all if none does. */
function articlesOf(parts: readonly Part[], library: Library): readonly Article[] {
  const shown = parts.flatMap(({ passages, nearest }) => [...passages, ...nearest]);
  const articles = [...new Set(shown.map(({ topic }) => topic.article))];
  return articles.length > 0 ? articles : library.articles;
}

function composePart(part: Part, library: Library): PartAnswer {
  const { verdict, passages, nearest, record } = part;
  const topics = part.topics.slice(0, MAX_TOPICS);
  if (record) {
    const entries = record.flatMap((one) => describeRecord(library, one));
    return { remark: '', entries, actions: recordActions(library, record), topics: [] };
  }
  switch (verdict) {
    case 'answered': {
      const shown = [...new Set(passages.map(({ topic }) => topic))];
      const actions = [...suggestFollowUps(passages, library), ...shown.map(topicAction), SOURCES];
      return { ...composeClaims(part), actions, topics: shown };
    }
    case 'nearest':
      return {
        remark: sentence('near', articlesOf([part], library)),
        entries: nearest.map(({ claim, topic }) => ({ ...composeClaimEntry(claim, topic), nearest: true })),
        actions: [...nearest.map(suggestAsk), ALL_TOPICS],
        topics,
      };
    case 'declined':
      return {
        remark: `${sentence('nothing', library.articles)} that.`,
        entries: [],
        actions: [...topics.map(topicAction), ALL_TOPICS],
        topics,
      };
  }
}

/** The claims that answer, article by article. If the question was who says so, each names its source. */
function composeClaims({ passages, trace }: Part): Pick<PartAnswer, 'remark' | 'entries'> {
  const articles = Map.groupBy(passages, ({ topic }) => topic.article);
  const remarks = new Map(passages.map(({ claim, topic }) => [claim, composeRemark(claim, topic.article)]));
  const [remark = '', ...others] = trace ? new Set(remarks.values()) : [];
  const entries = [...articles].flatMap(([article, own]) => [
    ...(articles.size > 1 ? [composeArticleEntry(article)] : []),
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
function suggestAsk({ claim, topic, ask }: Passage): Action {
  const asks = [...(ask ? [ask] : []), ...claim.asks].filter(
    (one) => isWellFormed(one) && !holdsLoaded(one, topic.article),
  );
  const actions = asks.map((one) => ({ ...askAction(one), label: `Did you mean: ${one}` }));
  return actions.find(({ label, question }) => label.length <= MAX_LABEL && fitsButton(question)) ?? topicAction(topic);
}

/** The buttons of all parts, interleaved: a few that ask a question, then those that lead elsewhere. */
function joinActions(answers: readonly PartAnswer[]): Action[] {
  const ends = [SOURCES, ALL_TOPICS];
  const own = answers.map(({ actions }) => actions.filter((action) => !ends.includes(action)));
  const asks = takeTurns(own.map((actions) => actions.filter(isAsk))).slice(0, MAX_FOLLOW_UPS);
  const others = takeTurns(own.map((actions) => actions.filter((action) => !isAsk(action))));
  return [...asks, ...others.slice(0, MAX_ACTIONS - asks.length - 1), ALL_TOPICS];
}

function takeTurns(lists: readonly (readonly Action[])[]): Action[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  const inTurn = Array.from({ length: longest }, (_, place) => lists.flatMap((one) => one[place] ?? [])).flat();
  return [...new Map(inTurn.map((action) => [action.label, action])).values()];
}
