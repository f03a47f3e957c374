import { findLocale } from '../i18n/locale.ts';
import { beside, english, type Words, wordsOf } from '../i18n/words.ts';
import { composeAddress } from './address.ts';
import {
  type Article,
  type Claim,
  composeByline,
  isTranslated,
  type Note,
  type Paragraph,
  readIn,
  type Topic,
} from './article.ts';
import { nameLanguage } from './date.ts';
import { isPassing } from './editors.ts';
import { composeCorrection, type Markup, writeNote } from './note.ts';
import { findFigures, type Run } from './quantity.ts';
import { composeQuestionPath, type Question } from './question.ts';
import type { RecordPart, Verdict } from './search.ts';
import { capitalize, type Moment, quote, type Text, writeCommandsIn, writeMoment, writeText } from './text.ts';
import { weightOf } from './weight.ts';

/** A button: its label, at most 75 characters, and the question that it asks. */
export interface Action {
  readonly label: string;
  readonly question: Question;
  /** The button most people want next. */
  readonly primary?: boolean;
}

/** A list of actions, and what it says before anything is chosen. */
export interface Menu {
  readonly placeholder: string;
  readonly actions: readonly Action[];
}

/** What somebody wrote. */
export interface AskedWords {
  readonly text: string;
  /** The question that it follows up on. */
  readonly after?: string;
}

/** A link to the article or a source: its label, at most 75 characters, and a web address without markup. */
export interface Link {
  readonly label: string;
  readonly url: string;
}

/** One line of a reply: a claim of the article, or a line of the bot's own such as an entry in a list. */
export type Entry =
  | {
      readonly type: 'claim';
      readonly claim: Claim;
      readonly topic: Topic;
      /** Shown before it, such as its date in a timeline. */
      readonly heading?: string;
      readonly notes: readonly Note[];
      /** It does not answer. It is only the closest the article comes, so it is shown weaker than an answer. */
      readonly nearest?: true;
    }
  | {
      readonly type: 'line';
      readonly label?: Text;
      readonly text: Text;
      /** It comes from the article's own record, and answers a question about the article. */
      readonly record?: RecordPart;
    }
  | {
      /** Where the answer to one of several questions begins. */
      readonly type: 'part';
      /** The question, in its asker's words. */
      readonly question: string;
      readonly verdict: Verdict;
      /** The bot's own remark, such as that the article does not answer it; empty if its entries say it all. */
      readonly text: string;
    };

export type ClaimEntry = Extract<Entry, { type: 'claim' }>;

/**
 * - answered: claims of the article, or its own record
 * - nearest: the article does not answer, and these claims are the closest it comes
 * - declined: the article does not say
 * - refused: the question cannot be answered as it was asked
 * - listed: the bot about itself and its sources
 * - failed: a bug, or something that broke
 */
export type Outcome = 'answered' | 'nearest' | 'declined' | 'refused' | 'listed' | 'failed';

/** A PNG, and the text for readers who can't see it. */
export interface Image {
  readonly png: Uint8Array;
  /** At most 1,024 characters. */
  readonly alt: string;
}

/** An answer that knows of no platform. Adapters render it; they add nothing and leave nothing out. */
export interface Reply {
  /** The question it answers; further pages are asked for with the same one. */
  readonly question: Question;
  readonly outcome: Outcome;
  readonly title: string;
  readonly byline: string;
  /** The question in its asker's words. An adapter leaves it out where the question stands right above the answer. */
  readonly asked?: AskedWords;
  /** The title says no more than the answer does: what has room for little leaves it out. */
  readonly untitled?: true;
  /** One or two sentences of the bot's own. */
  readonly lead?: Text;
  readonly entries: readonly Entry[];
  /** Articles whose record or topics it lists, in the editors' words. */
  readonly lists?: readonly Article[];
  /** Notes on the whole reply; its claims' own notes are added to these. */
  readonly notes: readonly Note[];
  readonly actions: readonly Action[];
  /** More than a few buttons of one sort, to choose one of from a list; at most 100. */
  readonly menu?: Menu;
  /** To the articles whose claims it holds, if their addresses are known. */
  readonly links: readonly Link[];
  /** Topics offered as the closest ones if the question was not answered, or for further reading if it was. */
  readonly suggestions: readonly Topic[];
  /** A picture of what the reply says, for platforms that show pictures. */
  readonly image?: Image;
  /** The question that what follows is read with, if it is not the reply's own. */
  readonly about?: string;
  /** Invite the reader to ask in their own words. */
  readonly offersQuestion?: boolean;
  /** The words under which readers can say whether the answer helped; absent if nobody is asked. */
  readonly ratedAs?: string;
  /** How many entries the whole answer has; these are a run of them, from `from` on. */
  readonly total: number;
  readonly from: number;
  /** Where the page before this one starts; absent on the first. */
  readonly previous?: number;
}

/** A reply from its parts. Those left out are empty. */
export function createReply(
  question: Question,
  parts: Pick<Reply, 'outcome' | 'title' | 'byline'> & Partial<Omit<Reply, 'question'>>,
): Reply {
  const entries = parts.entries ?? [];
  const links = composeLinks(entries, wordsOf(question));
  return {
    question,
    notes: [],
    actions: [],
    links,
    suggestions: [],
    total: entries.length,
    from: 0,
    ...parts,
    entries,
  };
}

/** Links to articles below one reply. */
const MOST_LINKS = 3;

/** To each article that claims are of; to the paragraph, if all of them cite one. */
function composeLinks(entries: readonly Entry[], words: Words): Link[] {
  const claims = entries.filter((entry) => entry.type === 'claim');
  const byArticle = Map.groupBy(claims, ({ topic }) => topic.article);
  return articleLinks([...byArticle.keys()], words, (article) => {
    const [first, ...others] = new Set(byArticle.get(article)?.map(({ claim }) => claim.paragraphs[0]));
    return others.length > 0 ? undefined : first;
  });
}

/** A link to each of some articles whose address is known, to a paragraph if `paragraphOf` gives one. */
export function articleLinks(
  articles: readonly Article[],
  words: Words,
  paragraphOf: (article: Article) => Paragraph | undefined = () => undefined,
): Link[] {
  const links = articles.flatMap((article): Link[] => {
    const url = composeAddress(article, paragraphOf(article));
    const label = articles.length > 1 ? words('link.read-in', { article: article.short }) : words('link.read');
    return url === undefined ? [] : [{ label, url }];
  });
  return links.slice(0, MOST_LINKS);
}

/** Whether a reply is for its asker alone: a refusal never takes the place of an answer that others are reading. */
export function isForAsker({ outcome }: Reply): boolean {
  return outcome === 'refused' || outcome === 'failed';
}

/** The reply with every command in the bot's own lines as `write` has it. Claims, notes and what people asked hold none. */
export function writeCommands(reply: Reply, write: (command: Question) => string): Reply {
  const { lead, entries } = reply;
  return {
    ...reply,
    ...(lead === undefined ? {} : { lead: writeCommandsIn(lead, write) }),
    entries: entries.map((entry) =>
      entry.type === 'line'
        ? {
            ...entry,
            text: writeCommandsIn(entry.text, write),
            ...(entry.label === undefined ? {} : { label: writeCommandsIn(entry.label, write) }),
          }
        : entry,
    ),
  };
}

/** A claim's trace: its kind, to be shown most prominently, its paragraph, and who says it; and the last two in one text. */
export function composeTrace(claim: Claim, words: Words) {
  const paragraphs = composeParagraphs(claim, words);
  return {
    kind: words(`kind.${claim.kind}`),
    paragraphs,
    speaker: claim.speaker,
    source: [paragraphs, beside(claim.speaker, words), ...markTranslation(claim, words)].join(' · '),
  };
}

function markTranslation(claim: Claim, words: Words): string[] {
  return isTranslated(claim, words) ? [words('language.translated')] : [];
}

/** What most claims of a page have in common, so that it is said once, and a claim says only what is different about it. */
export interface SharedTrace {
  /** Such as `paragraph 8`. */
  readonly paragraphs?: string;
  /** Where a reader finds the paragraph, if the article's address is known. */
  readonly address?: string;
  readonly speaker?: string;
  /** Some claims say something else. */
  readonly hasExceptions: boolean;
}

/**
 * What more than half of the claims share, of two or more: where they stand, who says them, or both. Undefined if they share
 * neither, if they are of several articles, or if they answer several questions.
 */
export function shareTrace(entries: readonly Entry[], words: Words): SharedTrace | undefined {
  const claims = entries.filter((entry) => entry.type === 'claim');
  const [first] = claims;
  const isOne = claims.every(({ topic }) => topic.article === first?.topic.article);
  if (!first || claims.length < 2 || !isOne || entries.some(({ type }) => type === 'part')) return undefined;
  const traces = claims.map(({ claim }) => composeTrace(claim, words));
  const paragraphs = findMajority(traces.map((trace) => trace.paragraphs));
  const speaker = findMajority(traces.map((trace) => trace.speaker));
  if (paragraphs === undefined && speaker === undefined) return undefined;
  const cited = claims.find((_, index) => traces[index]?.paragraphs === paragraphs);
  const address = cited && claimAddress(cited);
  return {
    ...(paragraphs === undefined ? {} : { paragraphs }),
    ...(address === undefined ? {} : { address }),
    ...(speaker === undefined ? {} : { speaker }),
    hasExceptions: traces.some(
      (trace) => (paragraphs ?? trace.paragraphs) !== trace.paragraphs || (speaker ?? trace.speaker) !== trace.speaker,
    ),
  };
}

function findMajority(texts: readonly string[]): string | undefined {
  const [most] = [...Map.groupBy(texts, (text) => text)].toSorted(([, a], [, b]) => b.length - a.length);
  return most && most[1].length > 1 && most[1].length > texts.length / 2 ? most[0] : undefined;
}

/** The shared trace in a sentence, such as `From paragraph 8, said by A. Author, unless a line says otherwise`. */
export function writeSharedTrace(shared: SharedTrace, { text, link }: Markup, words: Words): string {
  const { paragraphs, address, speaker, hasExceptions } = shared;
  const parts = [
    ...(paragraphs === undefined
      ? []
      : [words('shared.from', { paragraphs: address ? link(paragraphs, address) : paragraphs })]),
    ...(speaker === undefined ? [] : [words('shared.speaker', { speaker: text(speaker) })]),
    ...(hasExceptions ? [words('shared.exceptions')] : []),
  ];
  return capitalize(parts.join(', '), words);
}

/** A claim's trace after its kind: what is not said once for all of the page. */
export function writeOwnTrace(
  entry: ClaimEntry,
  shared: SharedTrace | undefined,
  { text, link }: Markup,
  words: Words,
): string[] {
  const { paragraphs, speaker } = composeTrace(entry.claim, words);
  const address = claimAddress(entry);
  return [
    ...(paragraphs === shared?.paragraphs ? [] : [address ? link(paragraphs, address) : paragraphs]),
    ...(speaker === shared?.speaker ? [] : [beside(text(speaker), words)]),
    ...markTranslation(entry.claim, words),
  ];
}

/**
 * A line that says in which language the editors wrote what the reply shows, if that isn't the reader's. Undefined if it is, or
 * if the reply shows nothing of theirs.
 */
export function composeLanguage({ entries, lists = [], question }: Reply): string | undefined {
  const words = wordsOf(question);
  const isRead = (one: Claim | Note) => isTranslated(one, words);
  const unread = entries.flatMap((entry) =>
    entry.type === 'claim' && ![entry.claim, ...entry.notes].every(isRead) ? [entry.topic.article] : [],
  );
  const articles = [...lists, ...unread];
  const foreign = new Set(articles.map(({ language }) => language).filter((one) => findLocale([one]) !== words.locale));
  if (foreign.size === 0) return undefined;
  return words('language.line', { language: [...foreign].map((one) => nameLanguage(one, words)).join(', ') });
}

/** What was asked, in a line, such as `You asked: “who buys the oil?”`. */
export function composeAsked({ text, after }: AskedWords, words: Words): string {
  const asked = quote(text, words);
  return after === undefined
    ? words('asked', { text: asked })
    : words('asked.after', { text: asked, after: quote(after, words) });
}

/** All that the bot itself says before the entries: what was asked, and the lead. Undefined if it says nothing. */
export function writeLead({ asked, lead, question }: Reply): string | undefined {
  const words = wordsOf(question);
  const moment = (time: Moment) => writeMoment(time, words);
  const said = [
    ...(asked ? [composeAsked(asked, words)] : []),
    ...(lead === undefined ? [] : [writeText(lead, { moment })]),
  ];
  return said.length > 0 ? said.join(' ') : undefined;
}

/** A lead that only leads in, and isn't itself the answer or the verdict. */
export function isIntroduction({ outcome, asked }: Reply): boolean {
  return outcome === 'answered' && asked === undefined;
}

/** Whether an action asks in words of its own, and opens no topic or list. */
export function isAsk({ question }: Action): boolean {
  return question.command === 'ask' && !isPassing(question);
}

/** A claim's text with its figures told apart. */
export function listFigures(claim: Claim, words: Words): readonly Run[] {
  const { number, numbers } = claim;
  return findFigures(readIn(claim, words), [...(number ? [number] : []), ...numbers]);
}

/** Where a reader finds the first paragraph that a claim cites; undefined if the article's address is not known. */
export function claimAddress({ claim, topic }: Pick<ClaimEntry, 'claim' | 'topic'>): string | undefined {
  return composeAddress(topic.article, claim.paragraphs[0]);
}

function composeParagraphs({ paragraphs }: Claim, words: Words): string {
  const numbers = paragraphs.filter((paragraph) => paragraph !== 'author');
  return [
    ...(numbers.length > 0 ? [words('trace.paragraphs', { count: numbers.length, numbers: numbers.join(', ') })] : []),
    ...(numbers.length < paragraphs.length ? [words('trace.author-note')] : []),
  ].join(', ');
}

/** A claim shown away from its topic: the topic's notes go with it. */
export function composeClaimEntry(claim: Claim, topic: Topic, heading?: string): ClaimEntry {
  return { type: 'claim', claim, topic, notes: [...topic.notes, ...claim.notes], ...(heading ? { heading } : {}) };
}

/** The heading above an article's claims, if an answer holds claims from several articles. */
export function composeArticleEntry(article: Article, words: Words): Entry {
  return { type: 'line', label: article.short, text: composeByline(article, words) };
}

/** A heading that also names the article, if there are several. */
export function composeHeading(
  heading: string | undefined,
  { article }: Topic,
  articles: readonly Article[],
): string | undefined {
  return articles.length > 1 ? [heading, article.short].filter(Boolean).join(' · ') : heading;
}

/** The notes that go with a reply, each once. Their numbers are their places in this list, counted from 1. */
export function collectNotes(reply: Reply): readonly Note[] {
  const notes = [...reply.notes, ...reply.entries.flatMap(entryNotes)];
  return [...new Map(notes.map((note) => [note.text, note])).values()];
}

/** The places of an entry's own notes among those that `collectNotes` returned. */
export function noteMarks(entry: Entry, notes: readonly Note[]): number[] {
  return entryNotes(entry).map((note) => notes.findIndex(({ text }) => text === note.text) + 1);
}

function entryNotes(entry: Entry): readonly Note[] {
  return entry.type === 'claim' ? entry.notes : [];
}

/**
 * The most that one page holds, so that it fits the smallest platform: a Discord message of 4,000 characters, with its title,
 * byline and lead. The first entry is always shown whole.
 */
export const PAGE_LIMITS = Object.freeze({ entries: 8, weight: 2300 });

/** The page of an answer that the question asks for. Pages depend on the entries only, so they are the same on every platform. */
export function paginate(reply: Reply): Reply {
  const { entries } = reply;
  const { from: asked = 0 } = reply.question;
  const from = asked < entries.length ? asked : 0;
  let previous: number | undefined;
  for (let start = 0; start < from; start += countPage(reply, start)) previous = start;
  return {
    ...reply,
    from,
    entries: entries.slice(from, from + countPage(reply, from)),
    total: entries.length,
    ...(previous === undefined ? {} : { previous }),
  };
}

function countPage(reply: Reply, from: number): number {
  const counted = new Set(reply.notes.map(({ text }) => text));
  let weight = sum(reply.notes.map(weightOfNote));
  let count = 0;
  for (const entry of reply.entries.slice(from, from + PAGE_LIMITS.entries)) {
    const notes = entryNotes(entry).filter(({ text }) => !counted.has(text));
    for (const { text } of notes) counted.add(text);
    weight += sum([...entryTexts(entry).map(weightOf), ...notes.map(weightOfNote)]);
    if (count > 0 && weight > PAGE_LIMITS.weight) break;
    count += 1;
  }
  // What leads in stays with its first line.
  while (count > 1 && leadsIn(reply.entries[from + count - 1], reply.entries[from + count])) count -= 1;
  return count;
}

/** Whether an entry introduces the next: a part its lines, an article's heading its claims. */
function leadsIn(entry: Entry | undefined, next: Entry | undefined): boolean {
  if (!entry || !next || entry.type === 'claim') return false;
  return entry.type === 'part' ? next.type !== 'part' : next.type === 'claim';
}

/** In English, whoever reads it, and without the addresses of links: an adapter leaves those out of a message that is too long for them. */
function weightOfNote(note: Note): number {
  const { texts: _, ...plain } = note;
  return weightOf(
    writeNote({ ...plain, text: longestOf(note) }, { text: (text) => text, link: (shown) => shown }, english),
  );
}

function entryTexts(entry: Entry): string[] {
  if (entry.type === 'line') return [writeText(entry.label ?? ''), writeText(entry.text)];
  if (entry.type === 'part') return [entry.question, entry.text];
  const { kind, source } = composeTrace(entry.claim, english);
  return [entry.heading ?? '', kind, source, longestOf(entry.claim), composeCorrection(entry.claim, english) ?? ''];
}

/** In whichever language it is longest, so that its pages are the same in all of them. */
function longestOf({ text, texts = {} }: Pick<Claim, 'text' | 'texts'>): string {
  return [text, ...Object.values(texts)].reduce((longest, one) => (one.length > longest.length ? one : longest));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Which entries are shown, such as `6–10 of 12`; undefined if all are. */
export function composePosition({ from, entries, total, question }: Reply): string | undefined {
  if (entries.length === total) return undefined;
  const first = from + 1;
  const last = from + entries.length;
  const words = wordsOf(question);
  return first === last ? words('position', { first, total }) : words('position.range', { first, last, total });
}

/** All buttons of a reply as shown: to the pages before and after, then its own, each question once. */
export function collectActions(reply: Reply): readonly Action[] {
  const { question, from, entries, total, previous } = reply;
  const words = wordsOf(question);
  const end = from + entries.length;
  const actions: Action[] = [
    ...(previous === undefined ? [] : [{ label: words('action.back'), question: { ...question, from: previous } }]),
    ...(end < total ? [{ label: words('action.more'), question: { ...question, from: end }, primary: true }] : []),
    ...reply.actions,
  ];
  return [...new Map(actions.map((action) => [composeQuestionPath(action.question), action])).values()];
}
