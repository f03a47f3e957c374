import { type McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { type Article, composeByline, type Topic } from '../../core/article.ts';
import type { Bot } from '../../core/bot.ts';
import { composeJsonClaim, composeJsonNote } from '../../core/json-answer.ts';
import { findClaim } from '../../core/library.ts';
import { composeClaimEntry } from '../../core/reply.ts';

const MIME = 'application/json';
/** Values offered while somebody types; the protocol takes no more, https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/completion */
const MAX_COMPLETIONS = 100;

const articleUri = (slug: string) => `briefing://articles/${slug}`;
const topicUri = (slug: string) => `briefing://topics/${slug}`;
const claimUri = (id: string) => `briefing://claims/${id}`;

/** Adds everything that can be read by its id: articles, topics and claims. */
export function addResources(server: McpServer, bot: Bot): void {
  const { library } = bot;
  const answer = (uri: URL, data: object) => ({
    contents: [{ uri: uri.href, mimeType: MIME, text: JSON.stringify(data) }],
  });
  const begins = (ids: readonly string[]) => (typed: string) =>
    ids.filter((id) => id.startsWith(typed)).slice(0, MAX_COMPLETIONS);
  const articles = library.articles.map(({ slug }) => slug);
  const topics = library.topics.map(({ slug }) => slug);
  const names = library.topics.flatMap(({ claims }) => claims.map(({ id }) => id.split('/')[1] ?? id));

  server.registerResource(
    'article',
    new ResourceTemplate(articleUri('{article}'), {
      list: () => ({
        resources: library.articles.map((article) => ({
          uri: articleUri(article.slug),
          name: article.slug,
          title: article.title,
          description: composeByline(article),
          mimeType: MIME,
        })),
      }),
      complete: { article: begins(articles) },
    }),
    { title: 'An article', description: 'An article’s record, and its topics', mimeType: MIME },
    async (uri, { article: slug }) => {
      const article = library.articles.find((one) => one.slug === slug);
      if (!article) throw missing('article');
      return answer(uri, composeArticle(article, library.topics));
    },
  );
  server.registerResource(
    'topic',
    new ResourceTemplate(topicUri('{topic}'), {
      list: () => ({
        resources: library.topics.map(({ slug, title, summary }) => ({
          uri: topicUri(slug),
          name: slug,
          title,
          description: summary,
          mimeType: MIME,
        })),
      }),
      complete: { topic: begins(topics) },
    }),
    { title: 'A topic', description: 'Everything that an article says on a topic, claim by claim', mimeType: MIME },
    async (uri, { topic: slug }) => {
      const topic = library.topics.find((one) => one.slug === slug);
      if (!topic) throw missing('topic');
      return answer(uri, composeTopic(topic));
    },
  );
  server.registerResource(
    'claim',
    // There are too many to list; topics name them.
    new ResourceTemplate(claimUri('{article}/{claim}'), {
      list: undefined,
      complete: { article: begins(articles), claim: begins(names) },
    }),
    { title: 'A claim', description: 'One claim, with its trace and its notes', mimeType: MIME },
    async (uri, { article, claim: name }) => {
      const found = findClaim(library, `${article}/${name}`);
      if (!found) throw missing('claim');
      const { claim, topic } = found;
      const { id, withdrawn } = claim;
      const byline = composeByline(topic.article);
      // What was withdrawn isn't said again.
      if (withdrawn) return answer(uri, { byline, topic: topic.slug, id, withdrawn });
      return answer(uri, { byline, topic: topic.slug, ...composeJsonClaim(composeClaimEntry(claim, topic)) });
    },
  );
}

function composeArticle(article: Article, topics: readonly Topic[]) {
  const { slug, title, author, kind, publisher, published, url, language, licence, disclosure, publication } = article;
  const own = topics.filter((topic) => topic.article.slug === slug);
  return {
    slug,
    byline: composeByline(article),
    ...{ title, author, kind, publisher, published, url, language, licence, publication, disclosure },
    topics: own.map((topic) => ({ uri: topicUri(topic.slug), title: topic.title, summary: topic.summary })),
  };
}

function composeTopic(topic: Topic) {
  const { slug, title, summary, claims, notes, related, article } = topic;
  return {
    slug,
    byline: composeByline(article),
    title,
    summary,
    claims: claims.map((claim) => composeJsonClaim(composeClaimEntry(claim, topic))),
    notes: notes.map(composeJsonNote),
    related,
  };
}

function missing(what: string): McpError {
  return new McpError(ErrorCode.InvalidParams, `There is no such ${what}.`);
}
