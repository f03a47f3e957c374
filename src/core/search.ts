import type { Claim, Topic } from './article.ts';

/** A claim that answers a question. */
export interface Passage {
  readonly claim: Claim;
  readonly topic: Topic;
  /** How well it answers, comparable within one question only. */
  readonly score: number;
}

export interface Findings {
  /** What answers the question, best first; empty where the article does not answer. */
  readonly passages: readonly Passage[];
  /** The nearest topics, whether or not the question was answered. */
  readonly nearest: readonly Topic[];
}

/** A command or topic whose name is near what somebody typed. */
export interface NameMatch {
  readonly name: string;
  readonly topic?: Topic;
}

/** Finds what was meant in one library. */
export interface Search {
  ask(text: string): Promise<Findings>;
  /** Names of commands and topics, nearest first, with typing errors and beginnings of words forgiven. */
  names(typed: string, limit: number): readonly NameMatch[];
}
