import type { Author } from './audit.ts';

/** A server or workspace. */
export interface Community {
  /** The adapter's name. */
  readonly platform: string;
  /** Empty if there is none, as in a direct message on Discord. */
  readonly team: string;
}

/** Which of several articles answer in a community. */
export interface Choices {
  /** The slugs of the articles chosen there; undefined if all answer. */
  of(community: Community): Promise<readonly string[] | undefined>;
  /** Chooses articles by slug; all of them if the list is empty. */
  choose(community: Community & Author, articles: readonly string[]): Promise<void>;
}
