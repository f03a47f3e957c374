import type { Paragraph } from '../core/article.ts';
import { nameKey } from '../core/library.ts';
import { LOCALES } from '../i18n/locale.ts';
import { PLACEHOLDER } from './draft.ts';
import { createFault, type Details, type Fault, type FaultCode } from './fault.ts';
import { SLUG_PATTERN } from './fields.ts';
import { TEXT_LIMITS } from './limits.ts';
import type { Checked, ContentFile, Folder } from './read.ts';
import type { ArticleFile, TopicFile, TranslationsFile, WordingsFile } from './schema.ts';
import { lineOf } from './source.ts';

/** All paragraphs of an article, the author note last. */
export function listParagraphs({ paragraphs, authorNote }: ArticleFile): Paragraph[] {
  return [...Array.from({ length: paragraphs }, (_, index) => index + 1), ...(authorNote ? (['author'] as const) : [])];
}

/** What is wrong with a topic's file name as a slash command; undefined if it is legal. `file` is where it is or would be. */
export function checkSlug(slug: string, commands: readonly string[], file: string): Fault | undefined {
  if (!SLUG_PATTERN.test(slug) || slug.length > TEXT_LIMITS.slug) {
    return createFault({ file, line: 1 }, 'slug-wrong', slug, TEXT_LIMITS.slug);
  }
  return commands.includes(slug) ? createFault({ file, line: 1 }, 'slug-command', slug) : undefined;
}

/** The name by which an article is told from others: its `short`, or that of its folder. */
export function shortOf({ slug, value }: ContentFile<ArticleFile>): string {
  return value?.short ?? slug;
}

/** A fault at the line of a value, such as `['claims', 2, 'kind']`. */
export function faultAt<C extends FaultCode>(
  { file, lines }: ContentFile<unknown>,
  path: readonly PropertyKey[],
  code: C,
  ...details: Details<C>
): Fault {
  return createFault({ file, line: lineOf(lines, path) }, code, ...details);
}

/**
 * Faults between an article and its topics: paragraphs that are unknown or left out, links that lead nowhere, texts that
 * nobody has worded. `all` are the topics with those that are left out for now: links may lead to them, and what they cover
 * is not forgotten; if one of them is faulty, what is covered is not known.
 */
export function checkArticle(
  article: Checked<ArticleFile>,
  topics: readonly Checked<TopicFile>[],
  all: readonly ContentFile<TopicFile>[],
): Fault[] {
  const known = listParagraphs(article.value);
  const slugs = new Set(all.map(({ slug }) => slug));
  const covered = new Set(all.flatMap(({ value }) => value?.claims.flatMap(({ paragraph }) => paragraph) ?? []));
  const missing = known.filter((paragraph) => !covered.has(paragraph));
  const isKnown = topics.length > 0 && all.every((one) => one.faults.length === 0);
  return [
    ...checkWording(article, [['disclosure', ['disclosure'], article.value.disclosure]]),
    ...checkAnchors(article, known),
    ...topics.flatMap((topic) => [
      ...checkWording(topic, topicTexts(topic.value)),
      ...checkClaims(topic, known, article.value.paragraphs),
      ...topic.value.related.flatMap((slug, index) =>
        slug && !slugs.has(slug) ? [faultAt(topic, ['related', index], 'link-dead', slug)] : [],
      ),
    ]),
    ...(missing.length > 0 && isKnown
      ? [faultAt(article, ['paragraphs'], 'paragraph-uncovered', missing.join(', '))]
      : []),
  ];
}

function checkClaims(topic: Checked<TopicFile>, known: readonly Paragraph[], count: number): Fault[] {
  return topic.value.claims.flatMap(({ paragraph, kind, speaker }, index) => [
    ...(kind === 'attributed' && speaker === 'author'
      ? [faultAt(topic, ['claims', index, 'speaker'], 'speaker-author')]
      : []),
    ...paragraph
      .filter((one) => !known.includes(one))
      .map((one) => {
        const path = ['claims', index, 'paragraph'];
        return one === 'author'
          ? faultAt(topic, path, 'paragraph-author')
          : faultAt(topic, path, 'paragraph-unknown', one, count);
      }),
  ]);
}

function checkAnchors(article: Checked<ArticleFile>, known: readonly Paragraph[]): Fault[] {
  const { anchors, url, textFragments } = article.value;
  const names = Object.keys(anchors);
  return [
    ...names
      .filter((name) => !known.some((paragraph) => String(paragraph) === name))
      .map((name) => faultAt(article, ['anchors', name], 'anchor-unknown', name)),
    ...(names.length > 0 && url === undefined ? [faultAt(article, ['anchors'], 'anchor-address')] : []),
    ...(names.length === 0 && textFragments ? [faultAt(article, ['textFragments'], 'fragments-anchors')] : []),
  ];
}

type Wording = readonly [what: string, path: readonly PropertyKey[], text: string];

/** What nobody has worded yet in a file that is not a draft. */
function checkWording(file: ContentFile<unknown>, texts: readonly Wording[]): Fault[] {
  if (file.draft) return [];
  return texts
    .filter(([, , text]) => text.startsWith(PLACEHOLDER))
    .map(([what, path]) => faultAt(file, path, 'placeholder', what));
}

function topicTexts({ summary, claims, definitions }: TopicFile): Wording[] {
  return [
    ['summary', ['summary'], summary],
    ...claims.flatMap(({ text, speaker }, index): Wording[] => [
      ['claim', ['claims', index], text],
      ['speaker', ['claims', index, 'speaker'], speaker],
    ]),
    ...Object.entries(definitions).flatMap(([label, { text, source = '' }]): Wording[] => [
      ['note', ['definitions', label], text],
      ['source', ['definitions', label, 'source'], source],
    ]),
  ];
}

/** Claims of one article that share an id. */
export function checkIds(topics: readonly Checked<TopicFile>[]): Fault[] {
  const taken = new Map<string, string>();
  return topics.flatMap((topic) =>
    topic.value.claims.flatMap(({ id }, index) => {
      const other = taken.get(id);
      taken.set(id, topic.file);
      const where = other === topic.file ? 'this file' : other;
      return where === undefined ? [] : [faultAt(topic, ['claims', index, 'id'], 'id-taken', id, where)];
    }),
  );
}

/**
 * Notes that are referred to and written nowhere, or written and referred to nowhere. `complete` if the topics are all that
 * the article has.
 */
export function checkNotes(topics: readonly Checked<TopicFile>[], notes: Folder['notes'], complete: boolean): Fault[] {
  const shared = new Set(Object.keys(notes?.value?.definitions ?? {}));
  const used = new Set<string>();
  const faults = topics.flatMap((topic) => {
    const own = new Set(Object.keys(topic.value.definitions));
    const references = referencesOf(topic.value);
    const labels = new Set(references.map(([label]) => label));
    for (const label of labels) used.add(label);
    return [
      ...references.flatMap(([label, path]) => {
        if (own.has(label) && shared.has(label)) return [faultAt(topic, path, 'note-here-and-shared', label)];
        return own.has(label) || shared.has(label) ? [] : [faultAt(topic, path, 'note-missing', label)];
      }),
      ...[...own]
        .filter((label) => !labels.has(label))
        .map((label) => faultAt(topic, ['definitions', label], 'note-unused', label)),
    ];
  });
  if (!notes || !complete) return faults;
  const unused = [...shared].filter((label) => !used.has(label));
  return [...faults, ...unused.map((label) => faultAt(notes, ['definitions', label], 'note-unused', label))];
}

function referencesOf({ notes, claims }: TopicFile): (readonly [label: string, path: readonly PropertyKey[]])[] {
  return [
    ...notes.map((label) => [label, ['notes']] as const),
    ...claims.flatMap((claim, index) => claim.notes.map((label) => [label, ['claims', index]] as const)),
  ];
}

/** Wordings whose topic or claim isn't there. */
export function checkWordings(
  topics: readonly ContentFile<TopicFile>[],
  wordings: readonly Checked<WordingsFile>[],
): Fault[] {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic]));
  return wordings.flatMap((one) => {
    const topic = bySlug.get(one.slug);
    if (!topic) return [faultAt(one, [], 'wordings-orphan', one.slug)];
    const ids = topic.value?.claims.map(({ id }) => id) ?? [];
    if (ids.length === 0) return [];
    return Object.keys(one.value.asks)
      .filter((id) => !ids.includes(id))
      .map((id) => faultAt(one, ['asks', id], 'wordings-claim', topic.file, id, ids.join(', ')));
  });
}

/** Translations into a language that the bot doesn't speak, and those whose topic, claim or note isn't there. */
export function checkTranslations(
  topics: readonly ContentFile<TopicFile>[],
  translations: readonly Checked<TranslationsFile>[],
  shared: readonly string[],
): Fault[] {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic]));
  return translations.flatMap((file) => {
    const topic = bySlug.get(file.slug);
    if (!topic) return [faultAt(file, [], 'wordings-orphan', file.slug)];
    if (!topic.value) return [];
    const ids = topic.value.claims.map(({ id }) => id);
    const labels = [...Object.keys(topic.value.definitions), ...shared];
    return Object.entries(file.value).flatMap(([language, { claims, notes }]) => [
      ...(LOCALES.some((locale) => locale === language)
        ? []
        : [faultAt(file, [language], 'translation-language', language, LOCALES.join(', '))]),
      ...Object.keys(claims)
        .filter((id) => !ids.includes(id))
        .map((id) => faultAt(file, [language, 'claims', id], 'wordings-claim', topic.file, id, ids.join(', '))),
      ...Object.keys(notes)
        .filter((label) => !labels.includes(label))
        .map((label) => faultAt(file, [language, 'notes', label], 'translation-note', topic.file, label)),
    ]);
  });
}

/** Names that two topics of one article share, or that a topic takes from a command. `commands` are the built-in ones. */
export function checkNames(topics: readonly Checked<TopicFile>[], commands: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const taken = new Map<string, string>(commands.map((name) => [nameKey(name), `the command /${name}`]));
  for (const topic of topics) {
    const { slug, file } = topic;
    const problem = checkSlug(slug, commands, file);
    const other = taken.get(nameKey(slug));
    if (problem) faults.push(problem);
    else if (other) faults.push(faultAt(topic, ['title'], 'slug-taken', slug, other));
    taken.set(nameKey(slug), file);
  }
  for (const topic of topics) {
    for (const [index, alias] of topic.value.aliases.entries()) {
      const other = taken.get(nameKey(alias));
      const by = other === topic.file ? 'this topic already' : other;
      if (by !== undefined) faults.push(faultAt(topic, ['aliases', index], 'alias-taken', alias, by));
      taken.set(nameKey(alias), topic.file);
    }
  }
  return faults;
}

/** Names in other languages that two topics share; they are commands, too. */
export function checkLocales(topics: readonly Checked<TopicFile>[]): Fault[] {
  const faults: Fault[] = [];
  const taken = new Map<string, string>();
  for (const topic of topics) {
    for (const [locale, { name }] of Object.entries(topic.value.locales)) {
      const other = taken.get(`${locale} ${name}`);
      if (name && other) faults.push(faultAt(topic, ['locales', locale, 'name'], 'locale-taken', locale, name, other));
      taken.set(`${locale} ${name}`, topic.file);
    }
  }
  return faults;
}

/** Names that topics of several articles share: with the article's short name after them they have to be commands. */
export function checkSharedNames(
  topics: readonly Checked<TopicFile>[],
  slugOf: (topic: Checked<TopicFile>) => string,
  commands: readonly string[],
): Fault[] {
  const taken = new Map<string, string>();
  return topics.flatMap((topic) => {
    const { file, slug: name } = topic;
    const slug = slugOf(topic);
    const other = taken.get(slug);
    taken.set(slug, file);
    if (slug === name) return [];
    if (other) return [faultAt(topic, [], 'slug-shared', slug, other)];
    return checkSlug(slug, commands, file) ? [faultAt(topic, [], 'slug-long', name, slug)] : [];
  });
}

/** Short names that two articles share: people choose articles by them. */
export function checkShortNames(articles: readonly Checked<ArticleFile>[]): Fault[] {
  const taken = new Map(articles.map(({ slug, file }) => [nameKey(slug), file]));
  return articles.flatMap((article) => {
    const short = shortOf(article);
    const other = taken.get(nameKey(short));
    taken.set(nameKey(short), other ?? article.file);
    return !other || other === article.file ? [] : [faultAt(article, ['short'], 'short-taken', short, other)];
  });
}
