import type { Article, Paragraph, Topic } from './article.ts';

/** All content that the bot answers from, at one moment. Immutable: a change of content makes a new one. */
export interface Library {
  readonly articles: readonly Article[];
  /** In the order in which "next topic" walks through them. */
  readonly topics: readonly Topic[];
  /** The topic of exactly this slug, title or alias, whatever the case and hyphens; undefined where there is none. */
  find(name: string): Topic | undefined;
  /** The topic after this one, the first after the last. */
  next(topic: Topic): Topic;
}

export function createLibrary(articles: readonly Article[], topics: readonly Topic[]): Library {
  const names = new Map<string, Topic>();
  const positions = new Map<string, number>();
  for (const [position, topic] of topics.entries()) {
    positions.set(topic.slug, position);
    for (const name of [topic.title, ...topic.aliases]) if (!names.has(nameKey(name))) names.set(nameKey(name), topic);
  }
  // A slug wins over another topic's title.
  for (const topic of topics) names.set(nameKey(topic.slug), topic);

  return {
    articles,
    topics,
    find: (name) => names.get(nameKey(name)),
    next: (topic) => topics[((positions.get(topic.slug) ?? -1) + 1) % topics.length] ?? topic,
  };
}

/** The paragraphs that a topic's claims cite, in the article's order, the author note last. */
export function citedParagraphs(topic: Topic): Paragraph[] {
  const cited = new Set(topic.claims.flatMap((claim) => claim.paragraphs));
  return topic.article.paragraphs.filter((paragraph) => cited.has(paragraph));
}

/** One key for all ways to write a name: `Arms exports`, `arms-exports` and `ARMS_EXPORTS` are the same. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .replace(/^[\s"'“”‘’]+|[\s"'“”‘’.!?]+$/g, '');
}
