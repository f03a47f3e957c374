import { LRUCache } from 'lru-cache';
import { stemmer } from 'stemmer';
import { eng } from 'stopword';

const STOP_WORDS = new Set(eng);
/** Words that aren't stop words elsewhere but tell nothing in a question about an article. */
const WORDS_OF_ARTICLES = new Set([
  'article',
  'author',
  'claim',
  'essay',
  'say',
  'said',
  'says',
  'tell',
  'text',
  'write',
  'writes',
]);

/** The words of a text that can tell it from others, as their stems. If it has only words of articles, it is about these. */
export function contentStems(text: string): string[] {
  const words = tokens(text).filter((word) => !STOP_WORDS.has(word));
  const telling = words.filter((word) => !WORDS_OF_ARTICLES.has(word));
  return (telling.length > 0 ? telling : words).map(stem);
}

/** A word without its ending: `exporters` and `exported` are both `export`. */
export function stem(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  const made = stemmer(word);
  stems.set(word, made);
  return made;
}

/** Stems of words that were asked for lately: the same few thousand come again and again. */
const stems = new LRUCache<string, string>({ max: 20_000 });

/** All words of a text, lower case and without accents, in order. */
export function tokens(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/['’]s\b/g, '')
      // 30,000, 30000 and 30k are one word.
      .replace(/(\d)[,.](?=\d{3}\b)/g, '$1')
      .replace(/\b(\d{1,6})k\b/g, '$1000')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
