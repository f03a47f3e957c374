import { countNoun } from '../core/count.ts';
import { formatDate } from '../core/date.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Entry, type Reply } from '../core/reply.ts';
import { type Checked, type ContentFile, type Folder, readContent } from './read.ts';
import type { NotesFile, TopicFile } from './schema.ts';
import { lineOf } from './source.ts';

/** A claim or a note that an editor should look at again. */
export interface Review {
  /** Path as the user would type it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** `claim four-drones` or `note [^war]`. */
  readonly what: string;
  readonly text: string;
  /** The day by which it should be looked at, ISO 8601. */
  readonly by: string;
  /** Who looks after it; undefined if nobody is named. */
  readonly owner?: string;
}

/** Every published claim and note in `directory` that has a review date, the earliest first. */
export async function listReviews(directory: string): Promise<Review[]> {
  const { folders } = await readContent(directory);
  const reviews = folders.filter(({ article }) => !article.draft).flatMap(reviewsOf);
  return reviews.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0));
}

/** Those that are due on a day, ISO 8601. */
export function dueOn(reviews: readonly Review[], day: string): Review[] {
  return reviews.filter(({ by }) => by <= day);
}

function reviewsOf({ topics, notes }: Folder): Review[] {
  const published = topics.filter(({ draft }) => !draft).filter(hasValue);
  return [
    ...published.flatMap((topic) => [
      ...topic.value.claims.flatMap((claim, index) =>
        claim.withdrawn ? [] : toReview(topic, ['claims', index], `claim ${claim.id}`, claim),
      ),
      ...notesOf(topic),
    ]),
    ...(notes && hasValue(notes) ? notesOf(notes) : []),
  ];
}

function notesOf(file: Checked<Pick<TopicFile | NotesFile, 'definitions'>>): Review[] {
  return Object.entries(file.value.definitions).flatMap(([label, note]) =>
    toReview(file, ['definitions', label], `note [^${label}]`, note),
  );
}

function toReview(
  { file, lines }: ContentFile<unknown>,
  path: readonly PropertyKey[],
  what: string,
  { text, reviewBy, owner }: { text: string; reviewBy?: string | undefined; owner?: string | undefined },
): Review[] {
  if (reviewBy === undefined) return [];
  const line = lineOf(lines, [...path, 'reviewBy']);
  return [{ file, line, what, text, by: reviewBy, ...(owner ? { owner } : {}) }];
}

function hasValue<T>(file: ContentFile<T>): file is Checked<T> {
  return file.value !== undefined;
}

/** `file:line: what, by when and by whom: its first words`, as people read it in a terminal and in a channel. */
export function formatReview({ file, line, what, text, by, owner }: Review): string {
  return `${file}:${line}: ${what}, by ${formatDate(by)}${owner ? ` (${owner})` : ''}: ${cut(text)}`;
}

/** Characters of a text shown to identify it. */
const MAX_TEXT = 80;

function cut(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT)}…`;
}

/** The most reviews listed in one message. */
const MAX_NAMED = 8;

/** The weekly reminder to the editors; undefined if nothing is due. */
export function composeReviewWord(due: readonly Review[]): Reply | undefined {
  if (due.length === 0) return undefined;
  const rest = due.length - MAX_NAMED;
  return createReply(createQuestion('help'), {
    outcome: 'listed',
    title: `${countNoun(due.length, 'review')} due`,
    byline: 'For the editors',
    lead: `These may be out of date. Check each one, then set a new review date.${rest > 0 ? ` To see ${rest} more, run: npx briefing review` : ''}`,
    entries: due.slice(0, MAX_NAMED).map((review): Entry => ({ type: 'line', text: formatReview(review) })),
  });
}
