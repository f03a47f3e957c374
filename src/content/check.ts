import type { Paragraph } from '../core/article.ts';
import { PLACEHOLDER } from '../core/draft.ts';
import { nameKey } from '../core/library.ts';
import type { Fault } from './fault.ts';
import { type ArticleFile, SLUG_PATTERN, TEXT_LIMITS, type TopicFile } from './schema.ts';
import { type Lines, lineOf } from './source.ts';

/** A file that is right in itself. */
export interface Checked<T> {
  readonly file: string;
  readonly slug: string;
  readonly value: T;
  readonly lines: Lines;
}

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

/** Faults between an article and its topics: paragraphs that are unknown or left out, links that lead nowhere. */
export function checkArticle(article: Checked<ArticleFile>, topics: readonly Checked<TopicFile>[]): Fault[] {
  const faults: Fault[] = [];
  const known = new Set(listParagraphs(article.value));
  const slugs = new Set(topics.map(({ slug }) => slug));
  const covered = new Set<Paragraph>();

  for (const { file, value, lines } of topics) {
    const add = (path: readonly PropertyKey[], message: string) =>
      faults.push({ file, line: lineOf(lines, path), message });
    for (const [index, { paragraph, text }] of value.claims.entries()) {
      if (text.startsWith(PLACEHOLDER) && !value.draft && !article.value.draft) {
        add(['claims', index], 'the claim is not worded yet; word it, or write "draft: true" into the header');
      }
      for (const one of paragraph) {
        covered.add(one);
        if (!known.has(one)) {
          add(
            ['claims', index, 'paragraph'],
            one === 'author'
              ? 'the article has no author note; correct the paragraph, or write "authorNote: true" in article.yaml'
              : `paragraph ${one} is unknown; the article has ${article.value.paragraphs}`,
          );
        }
      }
    }
    for (const [index, slug] of value.related.entries()) {
      if (slug && !slugs.has(slug))
        add(['related', index], `the link leads nowhere; there is no topic file ${slug}.md`);
    }
  }

  const missing = [...known].filter((paragraph) => !covered.has(paragraph));
  if (missing.length > 0 && topics.length > 0) {
    faults.push({
      file: article.file,
      line: lineOf(article.lines, ['paragraphs']),
      message: `no topic covers paragraph ${missing.join(', ')}; add a claim that cites it, or correct the number of paragraphs`,
    });
  }
  return faults;
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
