import { english, isKey, wordsOf } from '../i18n/words.ts';
import { type Topic, topicIn } from './article.ts';
import type { Library } from './library.ts';
import type { Question } from './question.ts';
import type { Reply } from './reply.ts';
import type { Before } from './search.ts';

/** A question that a text may mean. */
export interface Meant {
  readonly text: string;
  /** What it leaves out because it was asked about before; empty if nothing. */
  readonly subject: string;
  /** It may say less than was asked, so that what answers it only comes near. */
  readonly loose?: true;
}

/** A text without the marks and spaces at its end. */
export function withoutEnd(text: string): string {
  let end = text.length;
  while (end > 0 && '?!. '.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}

/** A question with what it leaves out, so that it stands alone. */
export function writeOut({ text, subject }: Meant): string {
  return subject ? `${withoutEnd(text)} (${subject})?` : text;
}

/**
 * How a text is to be read after what was answered before it:
 * - alone: it says all that it means
 * - follow-up: it means one of these questions, the most likely first
 * - claims: the claims with these ids answer it: they were shown, and they hold what it asks for
 * - trace: it asks who says so, about the claims that were shown
 * - more: it wants what else there is on the topic
 * - unclear: it refers to an earlier answer, and there is none; `mayMeanArticle` unless it can only mean an answer
 */
export type Reading =
  | { readonly kind: 'alone'; readonly before?: Before }
  | {
      readonly kind: 'follow-up';
      readonly meant: readonly Meant[];
      readonly before: Before;
      /** It continues the question before, which stays the subject of the conversation; otherwise its own text becomes the subject. */
      readonly asksFurther: boolean;
      /** It may say all that it means: it is first asked as it stands. */
      readonly mayStandAlone: boolean;
      /** Claims that were just shown may answer it. “Why?” and “what about Turkey?” want others. */
      readonly mayRepeat: boolean;
    }
  | { readonly kind: 'claims' | 'trace'; readonly ids: readonly string[]; readonly before: Before }
  | { readonly kind: 'more'; readonly before: Before }
  | { readonly kind: 'unclear'; readonly mayMeanArticle: boolean };

/** What was answered last, per person and place, for a while. */
export interface Conversations {
  /** Reads what somebody wrote in the conversation of this question. */
  read(text: string, question: Question, library: Library): Promise<Reading>;
  /** Remembers what the question was answered with, in place of the answer before; `undefined` ends the conversation. */
  keep(question: Question, before: Before | undefined): void;
  /** Forgets every conversation of a person, by their key over all platforms, such as `discord:123`. */
  forget(person: string): void;
}

/** What a reply leaves to be followed up; undefined if it shows no claim. */
export function composeBefore({ question, outcome, about, title, entries, from }: Reply): Before | undefined {
  const claims = entries.flatMap((entry) => (entry.type === 'claim' ? [entry] : []));
  const [first] = claims;
  if (!first) return undefined;
  const topic = first.topic.slug;
  return {
    question: about ?? question.options.question ?? inEnglish(title, first.topic, question),
    claims: claims.map(({ claim }) => claim.id),
    topic,
    ...(outcome === 'nearest' ? { near: true } : {}),
    ...(question.command === topic ? { read: from + entries.length } : {}),
  };
}

/** A title is looked up as it is in English, or as the editors wrote it, whoever read it. */
function inEnglish(title: string, topic: Topic, question: Question): string {
  const key = `${question.command}.title`;
  if (title === topicIn(topic, wordsOf(question)).title) return topic.title;
  return isKey(key) && wordsOf(question)(key) === title ? english(key) : title;
}
