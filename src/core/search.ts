import type { Claim, Topic } from './article.ts';

/** A claim that was found for a question. */
export interface Passage {
  readonly claim: Claim;
  readonly topic: Topic;
  /** How well it answers. Comparable only within one question. */
  readonly score: number;
  /** Which of the claim's own asks is closest to the question, as the editors wrote it. */
  readonly ask?: string;
}

/**
 * What a search says about a question:
 * - answered: the article answers it
 * - nearest: the article has something on it, but does not answer it directly
 * - declined: it has nothing to do with the article
 */
export type Verdict = 'answered' | 'nearest' | 'declined';

/** The parts of an article's own record that a question can ask for. */
export const RECORD_PARTS = [
  /** What it is called. */
  'title',
  /** Who wrote it. */
  'author',
  /** When and where it appeared. */
  'publication',
  /** What sort of text it is; whether it is fact or opinion. */
  'genre',
  /** Whether it takes a side. */
  'bias',
  /** What it rests on; whether it names its sources. */
  'sources',
  /** Whether its figures are true. */
  'figures',
  /** What it leaves out. */
  'omissions',
  /** What the bot's labels and notes mean. */
  'labels',
] as const;
export type RecordPart = (typeof RECORD_PARTS)[number];

/** What was found for one question. A text that asks several things has one for each of them. */
export interface Part {
  /** The question in its asker's own words. */
  readonly text: string;
  readonly verdict: Verdict;
  /** The claims that answer, best first; empty unless answered. */
  readonly passages: readonly Passage[];
  /** The closest the article comes, best first, at most 3; empty unless nearest. */
  readonly nearest: readonly Passage[];
  /** The parts of the article's own record that answer. The verdict is then `answered`, with no passages. */
  readonly record?: readonly RecordPart[];
  /** The question is who says so, or whether it is fact or opinion: each claim's trace and notes are the answer. */
  readonly trace?: true;
  /** Topics to read on, nearest first, at most 3. */
  readonly topics: readonly Topic[];
  /** What was looked at most closely, whatever the verdict, best first. */
  readonly considered: readonly Passage[];
}

/**
 * Why a question is declined before any search:
 * - instruction: it tells the bot to be something else
 * - quotation: it wants words that nobody said, or the article's own words
 * - side: it wants the bot to take a side
 * - language: it is in a language that the search cannot read
 */
export type Refusal = 'instruction' | 'quotation' | 'side' | 'language';

/**
 * What answers in place of claims:
 * - summary: the article as a whole
 * - help: what the bot can be asked, for small talk
 */
export type Instead = 'summary' | 'help';

export interface Findings {
  /** One for each thing asked, in the order in which they were asked; at least one. */
  readonly parts: readonly Part[];
  readonly refusal?: Refusal;
  readonly instead?: Instead;
  /** How the answer came about, for editors who improve the content: what was read, and every weight. */
  readonly debug?: object;
}

/** The last answer to the same person in the same place. */
export interface Before {
  /** The question as it was read: a follow-up is written out in full. */
  readonly question: string;
  /** The ids of the claims that were shown. */
  readonly claims: readonly string[];
  /** They answered nothing: they were only the nearest. */
  readonly near?: true;
  /** The slug of the topic of the first of them. */
  readonly topic?: string;
  /** How many of the topic's claims have been shown, if it was shown page by page. */
  readonly read?: number;
}

/** What is talked about when a question is asked that says no more than it must. */
export interface Follows {
  /** What was asked about, in words that the question leaves out; empty if it leaves out none. */
  readonly subject: string;
  /** Ids of the claims that the talk is about: only these answer, and less certainty is enough. */
  readonly claims: ReadonlySet<string>;
  /** The talk is about claims that only came near, so that no less certainty than usual is enough. */
  readonly near?: boolean;
}

export interface AskOptions {
  /** Slugs of the articles that may answer; all if left out. */
  readonly within?: ReadonlySet<string> | undefined;
  /** What the question leans on, if it does. */
  readonly follows?: Follows | undefined;
  /** What the question follows up; absent if it stands alone. */
  readonly before?: Before | undefined;
}

/** A command or topic whose name is near what somebody typed. */
export interface NameMatch {
  readonly name: string;
  readonly topic?: Topic;
}

/** Finds what was meant in one library. */
export interface Search {
  ask(text: string, options?: AskOptions): Promise<Findings>;
  /** Names of commands and topics, nearest first, with typing errors and beginnings of words forgiven. */
  names(typed: string, limit: number): readonly NameMatch[];
  /** Resolves once the search is as good as it gets; until then it answers by words alone. */
  readonly ready: Promise<void>;
  /** The name of the language model that chooses among the claims; absent if none does. */
  readonly chooser?: string;
  /** Frees what the search holds. Call it when no more questions will come. */
  close(): void;
}

/** A part for which nothing was found. */
export function emptyPart(text: string, topics: readonly Topic[] = []): Part {
  return { text, verdict: 'declined', passages: [], nearest: [], topics, considered: [] };
}

/** A part that the article's own record answers. */
export function recordPart(text: string, record: readonly RecordPart[], topics: readonly Topic[] = []): Part {
  return { ...emptyPart(text, topics), verdict: 'answered', record };
}

/** The verdict on a text of several parts: that of the part that was answered best. */
export function overallVerdict(parts: readonly Part[]): Verdict {
  const verdicts = new Set(parts.map(({ verdict }) => verdict));
  return verdicts.has('answered') ? 'answered' : verdicts.has('nearest') ? 'nearest' : 'declined';
}
