import type { Locale } from '../i18n/locale.ts';
import type { Words } from '../i18n/words.ts';

/** What a reader may say of an answer. */
export const VOTES = ['helpful', 'unhelpful'] as const;
export type Vote = (typeof VOTES)[number];

/** One reader's word on one answer. */
export interface Rating {
  readonly vote: Vote;
  /** The question that was answered, as `composeVoteId` carries it. */
  readonly question: string;
  /** Who votes: a key over all platforms, such as `discord:123`. It is never stored as it is. */
  readonly person: string;
  /** The voter's language. */
  readonly locale?: Locale | undefined;
  /** What the reader had wanted to know, in a line. */
  readonly wanted?: string;
}

/** Keeps what readers say of answers, so that an editor sees what does not help. */
export interface Feedback {
  /** A person's earlier word on the same answer is replaced. Rejects if it cannot be kept. */
  rate(rating: Rating): Promise<void>;
}

/**
 * The longest id of a button that every platform carries: a custom id of Discord's,
 * https://docs.discord.com/developers/components/reference#button
 */
const MAX_ID = 100;
const START = 'rate';
/** Characters of the line that a reader may write. */
export const MAX_WANTED = 200;

/** Characters of a question that both buttons carry: a vote that is changed must be on the same words. */
const MAX_RATED = MAX_ID - `${START}:unhelpful:`.length;

/** A vote on the answer to a question as a short text that a button carries; a long question is cut. */
export function composeVoteId(vote: Vote, question: string): string {
  return `${START}:${vote}:${question.slice(0, MAX_RATED).toWellFormed()}`;
}

/** Reads what `composeVoteId` wrote; undefined if the text is nothing of the kind. */
export function parseVoteId(id: string): Pick<Rating, 'vote' | 'question'> | undefined {
  const [, vote, question] = /^rate:(helpful|unhelpful):(.{1,100})$/su.exec(id) ?? [];
  return vote && question ? { vote: vote as Vote, question } : undefined;
}

/** The form for a line on what a reader had wanted to know. */
export function composeWantedForm(words: Words) {
  return { title: words('wanted.title'), label: words('wanted.label'), hint: words('wanted.hint') };
}
