import type { Claim, Topic } from './article.ts';

/** A claim that answers a question. */
export interface Passage {
  readonly claim: Claim;
  readonly topic: Topic;
  /** How well it answers, comparable within one question only. */
  readonly score: number;
}

/**
 * Why a question is declined before any search:
 * - instruction: it tells the bot to be something else
 * - quotation: it wants words that nobody said, or the article's own
 * - side: it wants the bot to judge
 * - language: it is not in the language of the content
 */
export type Refusal = 'instruction' | 'quotation' | 'side' | 'language';

/**
 * What answers in place of claims:
 * - record: the article's own record, where a question is about the article itself
 * - summary: the article as a whole
 * - help: what the bot can be asked, where a text is small talk
 */
export type Instead = 'record' | 'summary' | 'help';

export interface Findings {
  /** What answers the question, best first; empty where the article does not answer. */
  readonly passages: readonly Passage[];
  /** The nearest topics, whether or not the question was answered. */
  readonly nearest: readonly Topic[];
  readonly refusal?: Refusal;
  readonly instead?: Instead;
  /** How the answer came about, for people who mend the content: what was read and every weight. */
  readonly debug?: object;
}

/** A command or topic whose name is near what somebody typed. */
export interface NameMatch {
  readonly name: string;
  readonly topic?: Topic;
}

/** Finds what was meant in one library. */
export interface Search {
  /** `within` are the slugs of the articles that may answer; all where left out. */
  ask(text: string, within?: ReadonlySet<string>): Promise<Findings>;
  /** Names of commands and topics, nearest first, with typing errors and beginnings of words forgiven. */
  names(typed: string, limit: number): readonly NameMatch[];
  /** Resolves once the search is as good as it gets; until then it answers by words alone. */
  readonly ready: Promise<void>;
  /** Frees what the search holds, once no more questions come. */
  close(): void;
}
