/** A body paragraph by its number, from 1, or the note on the author at the article's end. */
export type Paragraph = number | 'author';

export const CLAIM_KINDS = ['figure', 'reported', 'attributed', 'opinion'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export const NOTE_KINDS = ['contested', 'outdated', 'framing', 'context'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** What the article does not say and a reader should know. Written by the editors, never by the article's author. */
export interface Note {
  readonly kind: NoteKind;
  readonly text: string;
}

/** A number as the article gives it, such as "over 60 % of oil imports" or "£38 million". */
export interface Quantity {
  readonly qualifier?: string;
  /** A sign or a code that stands before the number, such as `£`, `US$` or `EUR`. */
  readonly currency?: string;
  readonly value: number;
  /** Empty where the currency is all. */
  readonly unit: string;
}

/** One thing the article says, in the editors' words. */
export interface Claim {
  /** Stable within a version of the content: topic slug and position, such as `drones.1`. */
  readonly id: string;
  readonly text: string;
  readonly kind: ClaimKind;
  readonly paragraphs: readonly Paragraph[];
  readonly speaker: string;
  /** ISO 8601 as precise as the article is: year, month, day, interval `2016/2020`, or `--10-07` for a day without a year. */
  readonly date?: string;
  readonly number?: Quantity;
  /** Questions this claim answers, as people ask them. */
  readonly asks: readonly string[];
  readonly notes: readonly Note[];
}

/** What the article says on one subject. Its slug is its slash command. */
export interface Topic {
  readonly slug: string;
  /** The name of its file: the slug, but where topics of several articles have the same name. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly claims: readonly Claim[];
  /** Notes that go with every answer on this topic. */
  readonly notes: readonly Note[];
  /** Questions on this topic that the article leaves open, so that the bot knows to decline them. */
  readonly unanswered: readonly string[];
  /** Slugs of related topics. */
  readonly related: readonly string[];
  readonly article: Article;
  /** The command's name and description in other languages, by locale such as `de` or `pt-BR`. */
  readonly locales: Readonly<Record<string, LocalText>>;
}

export interface LocalText {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

export const ARTICLE_KINDS = ['opinion', 'analysis', 'report'] as const;

/** An article's own record. */
export interface Article {
  readonly slug: string;
  /** A word or two by which it is told from others. */
  readonly short: string;
  readonly title: string;
  readonly author: string;
  readonly kind: (typeof ARTICLE_KINDS)[number];
  /** Every paragraph that a claim may cite. */
  readonly paragraphs: readonly Paragraph[];
  readonly publication: readonly string[];
  readonly disclosure: string;
  /** Words and phrases that people use for others, by the one that the content uses. */
  readonly synonyms: Readonly<Record<string, readonly string[]>>;
}

/** The line that goes on every answer: who wrote it and what sort of text it is. */
export function composeByline(article: Article): string {
  return `“${article.title}” by ${article.author} · ${article.kind}`;
}

/** The byline of an answer from several articles, a line for each. */
export function composeBylines(articles: readonly Article[]): string {
  return articles.map(composeByline).join('\n');
}
