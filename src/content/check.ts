import type { Paragraph } from '../core/article.ts';
import { PLACEHOLDER } from '../core/draft.ts';
import { nameKey } from '../core/library.ts';
import type { Fault } from './fault.ts';
import type { Checked, ContentFile, Folder } from './read.ts';
import { type ArticleFile, SLUG_PATTERN, TEXT_LIMITS, type TopicFile, type WordingsFile } from './schema.ts';
import { lineOf } from './source.ts';

/** All paragraphs of an article, the author note last. */
export function listParagraphs({ paragraphs, authorNote }: ArticleFile): Paragraph[] {
  return [...Array.from({ length: paragraphs }, (_, index) => index + 1), ...(authorNote ? (['author'] as const) : [])];
}

/** What is wrong with a topic's file name as a slash command; undefined where it is legal. */
export function checkSlug(slug: string, commands: readonly string[]): string | undefined {
  if (!SLUG_PATTERN.test(slug) || slug.length > TEXT_LIMITS.slug) {
    return `the file name "${slug}" is no legal slash command; use lower-case letters, digits and hyphens, at most ${TEXT_LIMITS.slug} characters`;
  }
  return commands.includes(slug) ? `/${slug} is a command of the bot; give the file another name` : undefined;
}

/** The name by which an article is told from others: its `short`, or that of its folder. */
export function shortOf({ slug, value }: ContentFile<ArticleFile>): string {
  return value?.short ?? slug;
}

/**
 * Faults between an article and its topics: paragraphs that are unknown or left out, links that lead nowhere, texts that
 * nobody has worded. `all` are the topics with those that are left out for now: links may lead to them, and what they cover
 * is not forgotten; where one of them is faulty, what is covered is not known.
 */
export function checkArticle(
  article: Checked<ArticleFile>,
  topics: readonly Checked<TopicFile>[],
  all: readonly ContentFile<TopicFile>[],
): Fault[] {
  const known = listParagraphs(article.value);
  const slugs = new Set(all.map(({ slug }) => slug));
  const faults = [
    ...checkWording(article, [['disclosure', ['disclosure'], article.value.disclosure]]),
    ...topics.flatMap((topic) => checkWording(topic, topicTexts(topic.value))),
  ];

  for (const { file, value, lines } of topics) {
    const add = (path: readonly PropertyKey[], message: string) =>
      faults.push({ file, line: lineOf(lines, path), message });
    for (const [index, { paragraph, kind, speaker }] of value.claims.entries()) {
      if (kind === 'attributed' && speaker === 'author') {
        const message = 'an attributed statement is somebody else’s; name who says it, or choose another kind';
        add(['claims', index, 'speaker'], message);
      }
      for (const one of paragraph) {
        if (known.includes(one)) continue;
        add(
          ['claims', index, 'paragraph'],
          one === 'author'
            ? 'the article has no author note; correct the paragraph, or write "authorNote: true" in article.yaml'
            : `paragraph ${one} is unknown; the article has ${article.value.paragraphs}`,
        );
      }
    }
    for (const [index, slug] of value.related.entries()) {
      if (slug && !slugs.has(slug))
        add(['related', index], `the link leads nowhere; there is no topic file ${slug}.md`);
    }
  }

  const covered = new Set(all.flatMap(({ value }) => value?.claims.flatMap(({ paragraph }) => paragraph) ?? []));
  const missing = known.filter((paragraph) => !covered.has(paragraph));
  if (missing.length > 0 && topics.length > 0 && all.every((one) => one.faults.length === 0)) {
    faults.push({
      file: article.file,
      line: lineOf(article.lines, ['paragraphs']),
      message: `no topic covers paragraph ${missing.join(', ')}; add a claim that cites it, or correct the number of paragraphs`,
    });
  }
  return faults;
}

type Wording = readonly [what: string, path: readonly PropertyKey[], text: string];

/** What nobody has worded yet in a file that is no draft. */
function checkWording({ file, lines, draft }: ContentFile<unknown>, texts: readonly Wording[]): Fault[] {
  if (draft) return [];
  return texts
    .filter(([, , text]) => text.startsWith(PLACEHOLDER))
    .map(([what, path]) => {
      const message = `the ${what} is not worded yet; word it, or make the file a draft with "draft: true"`;
      return { file, line: lineOf(lines, path), message };
    });
}

function topicTexts({ summary, claims, definitions }: TopicFile): Wording[] {
  return [
    ['summary', ['summary'], summary],
    ...claims.flatMap(({ text, speaker }, index): Wording[] => [
      ['claim', ['claims', index], text],
      ['speaker', ['claims', index, 'speaker'], speaker],
    ]),
    ...Object.entries(definitions).map(([label, { text }]): Wording => ['note', ['definitions', label], text]),
  ];
}

/** Claims of one article that share an id. */
export function checkIds(topics: readonly Checked<TopicFile>[]): Fault[] {
  const taken = new Map<string, string>();
  return topics.flatMap(({ file, value, lines }) =>
    value.claims.flatMap(({ id }, index) => {
      const other = taken.get(id);
      taken.set(id, file);
      const message = `id "${id}" is taken by a claim in ${other === file ? 'this file' : other}; choose another`;
      return other ? [{ file, line: lineOf(lines, ['claims', index, 'id']), message }] : [];
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
  const faults = topics.flatMap(({ file, value, lines }) => {
    const own = new Set(Object.keys(value.definitions));
    const references: (readonly [string, PropertyKey[]])[] = [
      ...value.notes.map((label) => [label, ['notes']] as const),
      ...value.claims.flatMap((claim, index) => claim.notes.map((label) => [label, ['claims', index]] as const)),
    ].map(([label, path]) => [label, [...path]]);
    for (const [label] of references) used.add(label);
    const labels = new Set(references.map(([label]) => label));
    const problems = references.flatMap(([label, path]): [PropertyKey[], string][] => {
      if (own.has(label) && shared.has(label))
        return [[path, `note [^${label}] is written here and in notes.md; remove one, or rename it`]];
      if (own.has(label) || shared.has(label)) return [];
      const message = `note [^${label}] is not written; add "[^${label}]: **Context.** …" at the end of the file, or in notes.md`;
      return [[path, message]];
    });
    for (const label of own) {
      if (labels.has(label)) continue;
      const message = `note [^${label}] belongs to no claim; put [^${label}] after the claim, or remove the note`;
      problems.push([['definitions', label], message]);
    }
    return problems.map(([path, message]) => ({ file, line: lineOf(lines, path), message }));
  });
  if (!notes || !complete) return faults;
  const unused = [...shared].filter((label) => !used.has(label));
  return [
    ...faults,
    ...unused.map((label) => ({
      file: notes.file,
      line: lineOf(notes.lines, ['definitions', label]),
      message: `no topic refers to note [^${label}]; put [^${label}] after a claim, or remove the note`,
    })),
  ];
}

/** Wordings whose topic or claim isn't there. */
export function checkWordings(
  topics: readonly Checked<TopicFile>[],
  wordings: readonly Checked<WordingsFile>[],
): Fault[] {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic]));
  return wordings.flatMap(({ file, slug, value, lines }) => {
    const topic = bySlug.get(slug);
    if (!topic) return [{ file, line: 1, message: `there is no topic ${slug}.md; rename the file, or remove it` }];
    const ids = topic.value.claims.map(({ id }) => id);
    return Object.keys(value.asks).flatMap((id) =>
      ids.includes(id)
        ? []
        : [
            {
              file,
              line: lineOf(lines, ['asks', id]),
              message: `${topic.file} has no claim "${id}"; its claims are ${ids.join(', ')}`,
            },
          ],
    );
  });
}

/** Names that two topics of one article share, or that a topic takes from a command. `commands` are the built-in ones. */
export function checkNames(topics: readonly Checked<TopicFile>[], commands: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const taken = new Map<string, string>(commands.map((name) => [nameKey(name), `the command /${name}`]));
  for (const { slug, file, lines } of topics) {
    const problem = checkSlug(slug, commands);
    const other = taken.get(nameKey(slug));
    if (problem) faults.push({ file, line: 1, message: problem });
    else if (other)
      faults.push({
        file,
        line: lineOf(lines, ['title']),
        message: `the name "${slug}" is taken by ${other}; rename the file`,
      });
    taken.set(nameKey(slug), file);
  }
  for (const { value, file, lines } of topics) {
    for (const [index, alias] of value.aliases.entries()) {
      const other = taken.get(nameKey(alias));
      if (other) {
        const where = other === file ? 'this topic already' : other;
        faults.push({
          file,
          line: lineOf(lines, ['aliases', index]),
          message: `alias "${alias}" is taken by ${where}; remove it or choose another`,
        });
      }
      taken.set(nameKey(alias), file);
    }
  }
  return faults;
}

/** Names in other languages that two topics share; they are commands, too. */
export function checkLocales(topics: readonly Checked<TopicFile>[]): Fault[] {
  const faults: Fault[] = [];
  const taken = new Map<string, string>();
  for (const { value, file, lines } of topics) {
    for (const [locale, { name }] of Object.entries(value.locales)) {
      const other = taken.get(`${locale} ${name}`);
      if (name && other) {
        const line = lineOf(lines, ['locales', locale, 'name']);
        faults.push({ file, line, message: `the ${locale} name "${name}" is taken by ${other}; choose another` });
      }
      taken.set(`${locale} ${name}`, file);
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
    if (other && slug !== name) {
      return [
        {
          file,
          line: 1,
          message: `the command /${slug} is that of ${other}, too; write another "short:" in article.yaml`,
        },
      ];
    }
    if (slug === name || checkSlug(slug, commands) === undefined) return [];
    const message = `another article has a topic ${name}, and /${slug} is too long to tell them apart; write a shorter "short:" in article.yaml, or rename the file`;
    return [{ file, line: 1, message }];
  });
}

/** Short names that two articles share: people choose articles by them. */
export function checkShortNames(articles: readonly Checked<ArticleFile>[]): Fault[] {
  const taken = new Map(articles.map(({ slug, file }) => [nameKey(slug), file]));
  return articles.flatMap((article) => {
    const { file, lines } = article;
    const short = shortOf(article);
    const other = taken.get(nameKey(short));
    taken.set(nameKey(short), other ?? file);
    if (!other || other === file) return [];
    const message = `the short name "${short}" is that of ${other}, too; write another "short:"`;
    return [{ file, line: lineOf(lines, ['short']), message }];
  });
}
