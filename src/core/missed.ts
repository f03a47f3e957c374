/** Why a question is among the missed: `unhelpful` was answered, and a reader says that it is not what they asked. */
export type Miss = 'declined' | 'nearest' | 'unhelpful';

/** A question in one wording that readers did not get an answer to. */
export interface MissedText {
  readonly text: string;
  readonly verdict: Miss;
  /** How many readers. */
  readonly count: number;
  /** The first milliseconds of the first and the last day, in UTC. */
  readonly first: number;
  readonly last: number;
  /** The slug of the article that came nearest, and the id of its claim. */
  readonly article?: string;
  readonly claim?: string;
  /** What readers say they had wanted to know. */
  readonly wanted: readonly string[];
}

/** Questions of one likeness that the bot did not answer, or not well. */
export interface MissedQuestion {
  /** Lower-case letters and digits; the same while its first text stays the most frequent. */
  readonly id: string;
  /** What was asked, the most frequent first, at most 20. */
  readonly texts: readonly string[];
  /** That of the first text. */
  readonly verdict: Miss;
  /** How many readers asked one of them; each counts once for a text. */
  readonly count: number;
  /** The first and the last day, ISO 8601. */
  readonly first: string;
  readonly last: string;
  /** The slug of the article that came nearest; absent if nothing did. */
  readonly article?: string;
  /** The ids of the claims that came nearest, as in the library, at most 3. */
  readonly nearest: readonly string[];
  /** What readers say they had wanted to know. */
  readonly wanted: readonly string[];
}

/** What editors do about a missed question: a claim answers it, the article leaves it open, or it is not for them. */
export type Settling = 'answers' | 'open' | 'dismiss';

/** The questions that readers missed, as editors see them. */
export interface MissedQuestions {
  /** The most often asked first. Rejects if the database fails. */
  list(): Promise<readonly MissedQuestion[]>;
  /**
   * Takes a question off the list: what was dismissed for good, all else until it is asked again on a later day. Whoever calls it
   * has changed the content. Nothing happens if there is none of this id.
   */
  settle(id: string, how: Settling): Promise<void>;
}
