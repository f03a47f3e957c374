import type { MiddlewareHandler } from 'hono';
import type { Claim, Topic } from '../core/article.ts';
import type { AuditEntry } from '../core/audit.ts';
import type { Bot, Gate, Log } from '../core/bot.ts';
import type { Library } from '../core/library.ts';
import type { MissedQuestions } from '../core/missed.ts';
import type { Preview } from '../core/preview.ts';
import type { Reply } from '../core/reply.ts';
import type { Search } from '../core/search.ts';
import type { Effect, EffectQuestion } from '../editorial/effect.ts';
import type { Imported, ImportOptions } from '../import/import-article.ts';
import type { Document } from '../import/read-document.ts';

/** How one platform shows answers. */
export interface DeskSide {
  /** The adapter's name; its style sheet's rules begin with it. */
  readonly name: string;
  readonly title: string;
  readonly preview: Preview;
}

/** A bot on content that may not be published yet. What it is asked isn’t counted. */
export interface Trial {
  readonly bot: Bot;
  readonly search: Pick<Search, 'ask'>;
  readonly sides: readonly DeskSide[];
  close(): void;
}

/** A digest that somebody subscribed to. */
export interface DeskDigest {
  readonly id: string;
  /** Where it goes and when, in words. */
  readonly what: string;
}

/** The digests of a bot that is on a platform. */
export interface DeskDigests {
  list(): Promise<readonly DeskDigest[]>;
  /** Has the next one delivered now. False if one was sent within this minute. */
  send(id: string): Promise<boolean>;
}

/** What was done to the content, and to which files or which claim. */
export type ContentChange = Pick<AuditEntry, 'action' | 'about'>;

export interface DeskOptions {
  /** The content folder. Nothing outside it is ever written. */
  readonly directory: string;
  /** Names that no topic may take. */
  readonly commands: readonly string[];
  /** Lets through who may edit. */
  readonly guard: MiddlewareHandler;
  /** How many seconds one address must wait before its next request; 0 lets it through. */
  readonly gate: Gate;
  /** A bot on this library. */
  readonly open: (library: Library) => Promise<Trial>;
  /** The address at which others reach the program, if it is known. */
  readonly publicUrl?: string | undefined;
  /** The style sheets of how platforms show answers. */
  readonly sideStyles: readonly URL[];
  /** The style sheet with the page's colours. */
  readonly look: URL;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  /** Brings an article as drafts, from an address on the web or a document. Throws UserError. */
  readonly importArticle: (
    source: string | Document,
    options: Pick<ImportOptions, 'name' | 'counted'>,
  ) => Promise<Imported>;
  readonly digests?: DeskDigests | undefined;
  /** A topic as its digest tells it. */
  readonly composeDigest: (topic: Topic) => Reply;
  readonly missed?: MissedQuestions | undefined;
  /** Takes down what was done to the content. Never rejects. */
  readonly record?: ((change: ContentChange) => Promise<void> | undefined) | undefined;
  /** What becomes of these questions if one library takes the place of another. */
  readonly measure: (before: Library, after: Library, questions: readonly EffectQuestion[]) => Promise<Effect>;
  /** Wordings that a language model suggests; absent if none is set. */
  readonly suggestRemote?: ((claim: Claim, topic: Topic) => Promise<readonly string[]>) | undefined;
}
