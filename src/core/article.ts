import { english, type Words } from '../i18n/words.ts';

/** A body paragraph by its number, from 1, or the note on the author at the article's end. */
export type Paragraph = number | 'author';

export const CLAIM_KINDS = ['figure', 'reported', 'attributed', 'opinion'] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];

export const NOTE_KINDS = ['contested', 'outdated', 'framing', 'context'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/** What a reader should know that the article does not say. Written by the editors, never by the article's author. */
export interface Note extends Reviewed {
  readonly kind: NoteKind;
  readonly text: string;
  /** The editors' own translations, by language. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Who says what the note says, such as `Israel Aerospace Industries, product page`. */
  readonly source?: string;
  /** Where a reader finds the source. */
  readonly url?: string;
  /** The day, ISO 8601, on which the note was right. */
  readonly asOf?: string;
}

/** What may go out of date, and who looks after it. */
export interface Reviewed {
  /** The day, ISO 8601, by which an editor should look at it again. */
  readonly reviewBy?: string;
  readonly owner?: string;
}

/** A change that readers are told about. */
export interface Change {
  /** ISO 8601, a day. */
  readonly date: string;
  /** What was wrong, or why the claim was withdrawn. */
  readonly what: string;
}

/** A number as the article gives it, such as "over 60 % of oil imports" or "£38 million". */
export interface Quantity {
  readonly qualifier?: string;
  /** A sign or a code written before the number, such as `£`, `US$` or `EUR`. */
  readonly currency?: string;
  readonly value: number;
  /** Empty if the currency says it all, or if the number counts nothing. */
  readonly unit: string;
}

/** One thing the article says, in the editors' words. */
export interface Claim extends Reviewed {
  /** The article's folder and the name that the editors gave the claim, such as `harbour/tonnage`. It never changes. */
  readonly id: string;
  readonly text: string;
  /** The editors' own translations, by language. */
  readonly texts?: Readonly<Record<string, string>>;
  readonly kind: ClaimKind;
  readonly paragraphs: readonly Paragraph[];
  readonly speaker: string;
  /** ISO 8601 as precise as the article is: year, month, day, interval `2016/2020`, or `--10-07` for a day without a year. */
  readonly date?: string;
  /** The number that the claim is about. */
  readonly number?: Quantity;
  /** Further numbers that it states as facts. */
  readonly numbers: readonly Quantity[];
  /** Who is named or plainly meant, as the article's record writes them; likewise organisations and places. */
  readonly people: readonly string[];
  readonly organisations: readonly string[];
  readonly places: readonly string[];
  /** When the claim was last corrected, and what was wrong. */
  readonly corrected?: Change;
  /** When and why the claim was withdrawn. Such claims are found in `Topic.withdrawn` only. */
  readonly withdrawn?: Change;
  /** Questions this claim answers, as people ask them. */
  readonly asks: readonly string[];
  readonly notes: readonly Note[];
}

/** What the article says on one subject. Its slug is its slash command. */
export interface Topic {
  readonly slug: string;
  /** The name of its file. The same as the slug, unless topics of several articles share the name. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly claims: readonly Claim[];
  /** Claims that were withdrawn: nothing is answered from them, but old links still lead to them. */
  readonly withdrawn: readonly Claim[];
  /** Notes that go with every answer on this topic. */
  readonly notes: readonly Note[];
  /** Questions on this topic that the article leaves open, so that the bot knows to decline them. */
  readonly unanswered: readonly string[];
  /** Slugs of related topics. */
  readonly related: readonly string[];
  readonly article: Article;
  /** The command's name and description in other languages, by locale such as `de` or `pt-BR`. */
  readonly locales: Readonly<Record<string, LocalText>>;
  /** The editors' own translations of its title and summary, by language. */
  readonly texts?: Readonly<Record<string, TopicText>>;
}

export interface TopicText {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
}

export interface LocalText {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
}

export const ARTICLE_KINDS = ['opinion', 'analysis', 'report'] as const;

/** Whoever can act on another in an article: a state, a body, a company. */
export interface Party {
  /** Such as `Azerbaijani`. */
  readonly adjectives: readonly string[];
  /** Other names, such as a capital that stands for its government. */
  readonly also: readonly string[];
  /** People who act for it, as `Article.people` writes them. */
  readonly people: readonly string[];
}

/** Something that an article names. */
export interface Named {
  /** Other names. */
  readonly also: readonly string[];
  /** Plural names by which people ask for a list, such as `rabbis`. */
  readonly groups: readonly string[];
}

/** Somebody whom an article names. */
export interface Person extends Named {
  /** Such as `President of Azerbaijan`. */
  readonly role?: string;
}

/** An article's own record. */
export interface Article {
  readonly slug: string;
  /** A word or two by which it is told from others. */
  readonly short: string;
  readonly title: string;
  readonly author: string;
  readonly kind: (typeof ARTICLE_KINDS)[number];
  /** Some of its topics are drafts, so that it may say more than the bot knows. */
  readonly hasDrafts?: boolean;
  /** What the byline calls the text, such as `an opinion essay that argues one side`; its kind if absent. */
  readonly genre?: string;
  /** Every paragraph that a claim may cite. */
  readonly paragraphs: readonly Paragraph[];
  readonly publication: readonly string[];
  readonly disclosure: string;
  /** The article's address; absent if the editors do not know it. */
  readonly url?: string;
  readonly publisher?: string;
  /** ISO 8601, as precise as is known. */
  readonly published?: string;
  /** The day, ISO 8601, on which the editors read it. */
  readonly retrieved?: string;
  /** A BCP 47 tag, such as `en`. */
  readonly language: string;
  readonly licence?: string;
  /** By paragraph: the id of its element in the page at `url`, or its first words if `textFragments` is set. */
  readonly anchors: Readonly<Record<string, string>>;
  readonly textFragments: boolean;
  readonly parties: Readonly<Record<string, Party>>;
  readonly people: Readonly<Record<string, Person>>;
  readonly organisations: Readonly<Record<string, Named>>;
  readonly places: Readonly<Record<string, Named>>;
  /** Words that may appear only as somebody's own, attributed. */
  readonly loaded: readonly string[];
  /** Words and phrases that people use instead of the content's own word, by that word. */
  readonly synonyms: Readonly<Record<string, readonly string[]>>;
}

/** A claim or a note as these words' reader reads it: in the editors' own translation if there is one, or else as they wrote it. */
export function readIn({ text, texts }: Pick<Claim, 'text' | 'texts'>, { locale }: Pick<Words, 'locale'>): string {
  return texts?.[locale] ?? text;
}

/** Whether the editors translated a claim or a note for these words' reader. */
export function isTranslated({ texts }: Pick<Claim, 'texts'>, { locale }: Pick<Words, 'locale'>): boolean {
  return texts?.[locale] !== undefined;
}

/** A topic's title and summary as these words' reader reads them. */
export function topicIn({ title, summary, texts }: Topic, { locale }: Pick<Words, 'locale'>) {
  const own = texts?.[locale];
  return { title: own?.title ?? title, summary: own?.summary ?? summary };
}

/** The line shown on every answer: who wrote the article and what sort of text it is. */
export function composeByline({ title, author, genre, kind }: Article, words: Words = english): string {
  return words('byline', { title: words('quote', { text: title }), author, genre: genre ?? words(`genre.${kind}`) });
}

/** The byline of an answer from several articles, a line for each. */
export function composeBylines(articles: readonly Article[], words: Words = english): string {
  // Platforms take no empty text.
  return articles.map((article) => composeByline(article, words)).join('\n') || words('byline.none');
}
