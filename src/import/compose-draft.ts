import { PLACEHOLDER } from '../content/draft.ts';
import { SET_APART } from '../content/paragraphs.ts';
import { MAX_SLUG, toSlug } from '../core/slug.ts';
import type { Section } from './blocks.ts';
import { composeRecord } from './compose-record.ts';
import { findNumbers } from './find-numbers.ts';
import { findSpeakers, holdsOwnedFigures, speakerOfAll } from './find-speakers.ts';
import { guessKind } from './guess-kind.ts';
import { nameSubjects } from './name-subjects.ts';
import { GUESSED_PARAGRAPHS, type PieceApart, type ReadArticle } from './read-article.ts';

/** Files of a draft by their path below the article's folder. */
export type Draft = Readonly<Record<string, string>>;

/** Paragraphs in one topic if the article has no headings. */
const PARAGRAPHS_IN_TOPIC = 4;
const MAX_TITLE = 60;

interface Paragraph {
  readonly number: number;
  readonly text: string;
  readonly speakers: readonly string[];
}

interface Part {
  readonly title: string;
  readonly slug: string;
  readonly paragraphs: readonly Paragraph[];
}

/**
 * A skeleton for editors: the article's record, its numbered paragraphs to work from, and a topic for each section with a
 * claim for each paragraph to be worded. Everything is a draft, and none of the article's sentences is in what the bot reads.
 * `retrieved` is the day on which it was read from the web.
 */
export function composeDraft(article: ReadArticle, takenSlugs: readonly string[], retrieved?: string): Draft {
  const parts = divide(article, takenSlugs);
  return {
    'article.yaml': composeRecord(article, retrieved),
    'paragraphs.md': composeParagraphs(article, parts),
    ...Object.fromEntries(parts.map((part) => [`topics/${part.slug}.md`, composeTopic(part)])),
    ...Object.fromEntries(parts.map((part) => [`wordings/${part.slug}.yaml`, composeWordings(part)])),
  };
}

function divide({ sections, metadata }: ReadArticle, takenSlugs: readonly string[]): Part[] {
  const isEnglish = /^en\b/i.test(metadata.language ?? 'en');
  const all = sections.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text));
  const speakers = isEnglish ? findSpeakers(all) : all.map(() => []);
  const pieces = sections.flatMap((section): Section[] =>
    isTelling(section.heading) ? [section] : chunk(section.paragraphs).map((paragraphs) => ({ paragraphs })),
  );
  const subjects = nameSubjects(
    pieces.map(({ paragraphs }) => paragraphs.map(({ text }) => text).join('\n')),
    isEnglish,
  );
  const nameOf = createNames(takenSlugs);
  let number = 0;
  return pieces.map(({ heading, paragraphs }, index) => {
    const title = plain(heading ?? subjects[index] ?? `Part ${index + 1}`);
    return {
      title,
      slug: nameOf(title),
      paragraphs: paragraphs.map(({ text }) => {
        number += 1;
        return { number, text, speakers: speakers[number - 1] ?? [] };
      }),
    };
  });
}

/** "II." and "* * *" name no subject. */
function isTelling(heading = ''): boolean {
  return /\p{L}{3}/u.test(heading) && !/^(part|chapter|section) [\divx]+\W*$/i.test(heading);
}

/** A heading without signs that mean something in Markdown. */
function plain(heading: string): string {
  return (
    heading
      .replace(/[<>[\]{}*_`#|\\^]+/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, MAX_TITLE)
      .trim() || 'Part'
  );
}

/** Gives each title a slug that no command and no other topic has. */
function createNames(takenSlugs: readonly string[]): (title: string) => string {
  const taken = new Set(takenSlugs);
  return (title) => {
    const base = toSlug(title, MAX_SLUG - 3) || 'part';
    let slug = base;
    for (let count = 2; taken.has(slug); count += 1) slug = `${base}-${count}`;
    taken.add(slug);
    return slug;
  };
}

function chunk<T>(list: readonly T[]): T[][] {
  const count = Math.ceil(list.length / PARAGRAPHS_IN_TOPIC);
  // As even as can be: no topic of a single paragraph at the end.
  return Array.from({ length: count }, (_, index) =>
    list.slice(Math.round((index * list.length) / count), Math.round(((index + 1) * list.length) / count)),
  );
}

function composeParagraphs({ title, apart, hasGuessedParagraphs }: ReadArticle, parts: readonly Part[]): string {
  const lines = parts.flatMap((part) => [
    `## ${part.title} (topics/${part.slug}.md)`,
    '',
    ...part.paragraphs.flatMap(({ number, text }) => [`**${number}.** ${escapeLines(text)}`, '']),
  ]);
  return [
    `# ${plain(title)}: the source, for the editors`,
    '',
    'The bot never reads this file. It is somebody else’s text: word the claims anew, and keep it out of what you publish.',
    '',
    ...(hasGuessedParagraphs ? [GUESSED_PARAGRAPHS, ''] : []),
    ...lines,
    ...composeApart(apart),
  ].join('\n');
}

/** What isn't a paragraph, where editors can see whether that is right. */
function composeApart(apart: readonly PieceApart[]): string[] {
  if (apart.length === 0) return [];
  const lines = apart.map(({ role, text, after }) => {
    const place = after === 0 ? 'before paragraph 1' : `after paragraph ${after}`;
    return `- ${role}, ${place}: ${escapeLines(text).replaceAll('\n', ' / ')}`;
  });
  return [SET_APART, '', ...lines, ''];
}

/** A row of a table may look like a paragraph's number or a heading, and isn't one. */
function escapeLines(text: string): string {
  return text.replace(/\n(?=\*\*|#)/g, '\n\\');
}

function composeTopic({ title, paragraphs }: Part): string {
  const claims = paragraphs.map(({ number, text, speakers }) => {
    const numbers = findNumbers(text);
    const guess = guessKind(text);
    // A date alone isn't a figure.
    const counted = guess === 'figure' && numbers.length === 0 ? 'reported' : guess;
    const kind = counted === 'figure' && holdsOwnedFigures(text) ? 'attributed' : counted;
    const said = speakerOfAll(text, speakers, (sentence) => findNumbers(sentence).length > 0);
    const speaker = kind === 'attributed' ? (said ?? `${PLACEHOLDER} who says it`) : 'author';
    const main = kind === 'figure' || numbers.length === 1 ? numbers.find((one) => !/^[\d.,]+$/.test(one)) : undefined;
    const others = numbers.filter((one) => one !== main);
    return [
      `- ${PLACEHOLDER} what paragraph ${number} says.`,
      `  - id: ${idOf(number)}`,
      `  - kind: ${kind}`,
      `  - paragraph: ${number}`,
      `  - speaker: ${speaker.slice(0, 100)}`,
      ...(main ? [`  - number: ${main}`] : []),
      ...(others.length > 0 ? [`  - numbers: ${others.join('; ')}`] : []),
    ].join('\n');
  });
  return `---\ndraft: true\n---\n\n# ${title}\n\n${PLACEHOLDER} what the article says of this, in one line.\n\n## Claims\n\n${claims.join('\n\n')}\n`;
}

/** Where an editor writes how people ask. */
function composeWordings({ paragraphs }: Part): string {
  return `asks:\n${paragraphs.map(({ number }) => `  ${idOf(number)}: []\n`).join('')}open: []\n`;
}

function idOf(paragraph: number): string {
  return `paragraph-${paragraph}`;
}
