import { stringify } from 'yaml';
import { FORMAT, PLACEHOLDER } from '../content/draft.ts';
import type { ClaimKind } from '../core/article.ts';
import { formatDate } from '../core/date.ts';
import { MAX_SLUG, toSlug } from '../core/slug.ts';
import type { ReadArticle } from './read-article.ts';
import type { Section } from './sections.ts';

/** Files of a draft by their path below the article's folder. */
export type Draft = Readonly<Record<string, string>>;

/** Paragraphs in one topic if the article has no headings. */
const PARAGRAPHS_IN_TOPIC = 4;
const MAX_TITLE = 60;

interface Part {
  readonly title: string;
  readonly slug: string;
  /** Number and text of each paragraph. */
  readonly paragraphs: readonly (readonly [number, string])[];
}

/**
 * A skeleton for editors: the article's record, its numbered paragraphs to work from, and a topic for each section with a
 * claim for each paragraph to be worded. Everything is a draft, and none of the article's sentences is in what the bot reads.
 */
export function composeDraft(article: ReadArticle, takenSlugs: readonly string[]): Draft {
  const parts = divide(article.sections, takenSlugs);
  const total = parts.reduce((sum, { paragraphs }) => sum + paragraphs.length, 0);
  return {
    'article.yaml': composeRecord(article, total),
    'paragraphs.md': composeParagraphs(article, parts),
    ...Object.fromEntries(parts.map((part) => [`topics/${part.slug}.md`, composeTopic(part)])),
    ...Object.fromEntries(parts.map((part) => [`wordings/${part.slug}.yaml`, composeWordings(part)])),
  };
}

function divide(sections: readonly Section[], takenSlugs: readonly string[]): Part[] {
  const taken = new Set(takenSlugs);
  const nameOf = (title: string): string => {
    const base = toSlug(title, MAX_SLUG - 3) || 'part';
    let slug = base;
    for (let count = 2; taken.has(slug); count += 1) slug = `${base}-${count}`;
    taken.add(slug);
    return slug;
  };
  let number = 0;
  const pieces = sections.flatMap(({ heading, paragraphs }): Section[] =>
    heading ? [{ heading, paragraphs }] : chunk(paragraphs).map((list) => ({ paragraphs: list })),
  );
  return pieces.map(({ heading, paragraphs }, index) => {
    const title = (heading ?? `Part ${index + 1}`).slice(0, MAX_TITLE);
    return {
      title,
      slug: nameOf(title),
      paragraphs: paragraphs.map((text) => {
        number += 1;
        return [number, text] as const;
      }),
    };
  });
}

function chunk(paragraphs: readonly string[]): string[][] {
  const count = Math.ceil(paragraphs.length / PARAGRAPHS_IN_TOPIC);
  return Array.from({ length: count }, (_, index) =>
    paragraphs.slice(index * PARAGRAPHS_IN_TOPIC, (index + 1) * PARAGRAPHS_IN_TOPIC),
  );
}

function composeRecord({ title, author, published }: ReadArticle, paragraphs: number): string {
  const day = dayOf(published ?? '');
  const record = {
    format: FORMAT,
    draft: true,
    title: title.slice(0, 150),
    author: (author ?? 'Author not named').slice(0, 80),
    kind: 'opinion',
    paragraphs,
    ...(day ? { published: day } : {}),
    language: 'en',
    publication: [
      published ? `Published ${formatPublished(published).slice(0, 200)}.` : 'Where and when it appeared is not known.',
    ],
    disclosure: `${PLACEHOLDER} what sort of text this is, what it leaves out, and that the bot does not vouch for it.`,
  };
  return [
    '# A draft: the bot does not use it in answers. Check every line, choose the kind (opinion, analysis or report), add what you',
    '# know of url:, publisher:, retrieved: and licence:, then remove "draft: true".',
    stringify(record, { lineWidth: 0 }),
  ].join('\n');
}

/** A machine's date as a day in words, without the time; a person's as it is. */
function formatPublished(published: string): string {
  const day = dayOf(published);
  return day ? formatDate(day) : published;
}

function dayOf(published: string): string | undefined {
  return /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?=$|[T ])/.exec(published)?.[0];
}

function composeParagraphs({ title }: ReadArticle, parts: readonly Part[]): string {
  const lines = parts.flatMap((part) => [
    `## ${part.title} (topics/${part.slug}.md)`,
    '',
    ...part.paragraphs.flatMap(([number, text]) => [`**${number}.** ${text}`, '']),
  ]);
  return [
    `# ${title}: the source, for the editors`,
    '',
    'The bot never reads this file. It is somebody else’s text: word the claims anew, and keep it out of what you publish.',
    '',
    ...lines,
  ].join('\n');
}

function composeTopic({ title, paragraphs }: Part): string {
  const claims = paragraphs.map(([number, text]) => {
    const kind = guessKind(text);
    return [
      `- ${PLACEHOLDER} what paragraph ${number} says.`,
      `  - id: ${idOf(number)}`,
      `  - kind: ${kind}`,
      `  - paragraph: ${number}`,
      `  - speaker: ${kind === 'attributed' ? `${PLACEHOLDER} who says it` : 'author'}`,
    ].join('\n');
  });
  return `---\ndraft: true\n---\n\n# ${title}\n\n${PLACEHOLDER} what the article says of this, in one line.\n\n## Claims\n\n${claims.join('\n\n')}\n`;
}

/** Where an editor writes how people ask. */
function composeWordings({ paragraphs }: Part): string {
  return `asks:\n${paragraphs.map(([number]) => `  ${idOf(number)}: []\n`).join('')}open: []\n`;
}

function idOf(paragraph: number): string {
  return `paragraph-${paragraph}`;
}

/** A first guess by the look of a paragraph; the editor decides. */
export function guessKind(text: string): ClaimKind {
  if (/\b(says?|said|told|according to|claims?|claimed|stated|announced|argued?|wrote)\b|[“"]/i.test(text))
    return 'attributed';
  if (/\b(should|must|ought|believe|in my view|unfortunately|clearly|remarkable|best|worst)\b/i.test(text))
    return 'opinion';
  return /\d/.test(text.replace(/\b(19|20)\d\d\b/g, '')) ? 'figure' : 'reported';
}
