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

/** What the bot says to a vote. */
export const THANKS: Readonly<Record<Vote | 'wanted', string>> = {
  helpful: 'Thank you: counted as helpful. You can change it at any time with the other button.',
  unhelpful: 'Thank you: counted as not what you asked. You can change it at any time with the other button.',
  wanted: 'Thank you: the editors will see what you wanted to know, and not who wrote it.',
};

/** The form for a line on what a reader had wanted to know. */
export const WANTED_FORM = {
  title: 'Not what you asked?',
  label: 'What did you want to know?',
  hint: "The editors see these words, but not who wrote them. Please don't name anyone.",
} as const;
