import { clean, fold } from './blocks.ts';
import { composeMetadata, type Metadata, mergeMetadata, readValue } from './metadata.ts';
import type { Page } from './page.ts';

/** An entry of a page's data for search engines, https://schema.org/Article */
type Entry = Readonly<Record<string, unknown>>;

/** Data that is longer says more than an article's, in characters. */
const MAX_DATA = 500_000;

/** What a page says of itself: first its JSON-LD, then Open Graph, then its other tags. `address` is where it was found. */
export function readMetadata(page: Page, address?: string): Metadata {
  return mergeMetadata(readJsonLd(page), readTags(page, address));
}

function readJsonLd(page: Page): Metadata {
  const entries = [...page.querySelectorAll('script[type="application/ld+json"]')].flatMap(({ textContent }) =>
    parseEntries(textContent ?? ''),
  );
  const articles = entries.filter((entry) => typesOf(entry).some((type) => ARTICLE.test(type)));
  const heading = fold(page.querySelector('h1')?.textContent ?? '');
  const article =
    articles.find(({ headline }) => heading && fold(readValue(headline) ?? '') === heading) ?? articles[0];
  if (!article) return {};
  const named = (value: unknown): string | undefined => readValue(resolve(value, entries));
  const { headline, name, datePublished, dateModified, publisher, articleSection, inLanguage } = article;
  return composeMetadata({
    title: readValue(headline ?? name),
    author: named(article.author ?? article.creator),
    published: readValue(datePublished),
    modified: readValue(dateModified),
    publisher: named(publisher),
    url: addressOf(article.mainEntityOfPage) ?? addressOf(article.url),
    section: readValue(articleSection),
    language: languageOf(inLanguage),
    licence: readValue(article.license),
    description: readValue(article.description),
    type: typesOf(article).find((type) => ARTICLE.test(type)),
  });
}

/** Kinds of articles, https://schema.org/Article and those below it. */
const ARTICLE = /^(\w*Article|BlogPosting|LiveBlogPosting|Report|Review|CriticReview)$/;

/** The entries of one block of data; none if it isn't valid. */
function parseEntries(text: string): Entry[] {
  if (text.length > MAX_DATA) return [];
  try {
    return listEntries(JSON.parse(text.replace(/^\s*<!\[CDATA\[/, '').replace(/\]\]>/, '')));
  } catch {
    return [];
  }
}

function listEntries(value: unknown, depth = 0): Entry[] {
  if (depth > 2 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => listEntries(one, depth + 1));
  const entry = value as Entry;
  return [entry, ...listEntries(entry['@graph'], depth + 1)];
}

function typesOf(entry: Entry): string[] {
  return [entry['@type']].flat().filter((type) => typeof type === 'string');
}

/** The entry itself instead of a reference to it. */
function resolve(value: unknown, entries: readonly Entry[]): unknown {
  if (Array.isArray(value)) return value.slice(0, 20).map((one) => resolve(one, entries));
  const { '@id': id, name } = (typeof value === 'object' && value !== null ? value : {}) as Entry;
  return id !== undefined && name === undefined
    ? entries.find((entry) => entry['@id'] === id && entry.name !== undefined)
    : value;
}

function addressOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { '@id': id, url } = (typeof value === 'object' && value !== null ? value : {}) as Entry;
  return typeof url === 'string' ? url : typeof id === 'string' ? id : undefined;
}

function languageOf(value: unknown): string | undefined {
  const { alternateName } = (typeof value === 'object' && value !== null ? value : {}) as Entry;
  return readValue(alternateName ?? value);
}

/** Open Graph, https://ogp.me, and what pages had before it. */
function readTags(page: Page, address: string | undefined): Metadata {
  const meta = (...names: string[]): string | undefined => {
    const found = names.flatMap((name) => [
      ...page.querySelectorAll(`meta[property="${name}"]`),
      ...page.querySelectorAll(`meta[name="${name}"]`),
      ...page.querySelectorAll(`meta[itemprop="${name}"]`),
    ]);
    return found.map((tag) => clean(tag.getAttribute('content') ?? '')).find(Boolean);
  };
  /** Microdata, https://html.spec.whatwg.org/multipage/microdata.html */
  const item = (name: string): string | undefined => {
    const found =
      page.querySelector(`[itemprop="${name}"] [itemprop="name"]`) ?? page.querySelector(`[itemprop="${name}"]`);
    return found
      ? clean(found.getAttribute('content') ?? found.getAttribute('datetime') ?? found.textContent ?? '')
      : undefined;
  };
  const link = (rel: string) => page.querySelector(`link[rel="${rel}"]`)?.getAttribute('href') ?? undefined;
  const author = meta('author', 'article:author', 'parsely-author', 'sailthru.author', 'dc.creator', 'DC.creator');
  const base = meta('og:url') ?? address;
  const canonical = link('canonical');
  return composeMetadata({
    title: meta('og:title', 'twitter:title', 'dc.title', 'DC.title'),
    // Facebook wants the address of a profile there.
    author: (author && !/^https?:/.test(author) ? author : item('author'))?.replace(/^by\s/i, ''),
    published:
      meta(
        'article:published_time',
        'datePublished',
        'date',
        'parsely-pub-date',
        'dc.date',
        'DC.date.issued',
        'publish-date',
      ) ?? item('datePublished'),
    modified: meta('article:modified_time', 'og:updated_time', 'dateModified', 'last-modified'),
    publisher: meta('og:site_name', 'application-name', 'publisher', 'dc.publisher', 'DC.publisher'),
    url: (canonical && URL.parse(canonical, base)?.href) ?? base,
    section: meta('article:section', 'parsely-section'),
    language: page.documentElement.getAttribute('lang') ?? meta('og:locale')?.replace('_', '-'),
    licence: link('license'),
    description: meta('og:description', 'description', 'twitter:description'),
  });
}
