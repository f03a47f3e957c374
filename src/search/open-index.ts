import { readFileSync } from 'node:fs';
import type { Article } from '../core/article.ts';
import type { Library } from '../core/library.ts';
import { RECORD_PARTS } from '../core/search.ts';
import type { Asked } from './decide/features.ts';
import { isEnglish } from './dictionary.ts';
import { createFinder, type Filter, type Found } from './find.ts';
import { createLexicalIndex } from './lexical.ts';
import { createNamedFinder } from './named.ts';
import { type Banks, indexLibrary } from './passages.ts';
import { readQuestion, vocabularyTexts } from './read/read-question.ts';
import { createActorFinder } from './roles/actors.ts';
import type { SemanticIndex, Semantics } from './semantic.ts';
import { createRewriter } from './synonyms.ts';
import { createVocabulary } from './vocabulary.ts';
import { stem, tokens } from './words.ts';

/** Questions of everyday life: one that is like them has nothing to do with an article. */
export const EVERYDAY: readonly string[] = readFileSync(new URL('decide/everyday.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter(Boolean);

/** Questions about an article as a text, whatever the article, by the part of its record that answers. */
const RECORD: Banks['record'] = readFileSync(new URL('read/record-questions.txt', import.meta.url), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [name, text] = line.split(': ');
    const part = RECORD_PARTS.find((one) => one === name);
    return part && text ? [[part, text] as const] : [];
  });

export interface IndexOptions {
  /** Finds by meaning too; by words alone if left out. */
  readonly semantics?: Semantics | undefined;
  /** Hears of it if the search by meaning fails; the search goes on by words. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
  /** Questions that have nothing to do with any article; the project's own if left out. */
  readonly everyday?: readonly string[] | undefined;
}

/** A library made ready to be searched. */
export interface Index {
  /**
   * The claims near a question in the articles that the filter lets through. `understood` may leave out what of the question
   * could not be read.
   */
  find(text: string, isIn: Filter, understood?: (asked: Asked) => Asked): Promise<Found>;
  /** Whether English or the content has a word, given in lower case. */
  isWord(word: string): boolean;
  /** Whether the model that finds by meaning now reads many languages. */
  readonly multilingual: boolean;
  /** Whether all words of a text are words of questions about an article as a text. */
  isOfRecord(text: string): boolean;
  /** Whether the content has a stem. */
  has(stem: string): boolean;
  /** Resolves once it finds by meaning too, or never will. */
  readonly ready: Promise<void>;
  /** Frees what the index holds. */
  close(): void;
}

/** Indexes a library by words and, with `semantics`, by meaning. */
export async function openIndex(
  library: Library,
  { semantics, onFailure, everyday = EVERYDAY }: IndexOptions = {},
): Promise<Index> {
  const { articles } = library;
  const rewriters = new Map(articles.map((article) => [article.slug, createRewriter(article.synonyms)]));
  const readers = {
    rewrite: (text: string, article: Article) => rewriters.get(article.slug)?.(text) ?? text,
    findActors: createActorFinder(articles),
    findNamed: createNamedFinder(articles, isEnglish),
  };
  const indexed = await indexLibrary(library, { everyday, record: RECORD }, readers);
  const recordWords = new Set(indexed.record.flatMap(({ words }) => [...words]));
  const texts = indexed.sentences.map(({ text }) => text);
  const vocabulary = await createVocabulary(vocabularyTexts(indexed), isEnglish);
  const lexical = await createLexicalIndex(texts);
  let meaning: SemanticIndex | undefined;
  const indexing = semantics?.index(texts);
  const getReady = async (): Promise<void> => {
    try {
      await indexing?.ready;
      meaning = indexing;
    } catch (error) {
      onFailure?.(error);
    }
  };

  const find = createFinder(indexed, vocabulary, lexical, async (text) => {
    try {
      return await meaning?.query(text);
    } catch (error) {
      // One question that the model can't read must not cost all others their answers by meaning.
      if (meaning?.ended) meaning = undefined;
      onFailure?.(error);
      return undefined;
    }
  });

  return {
    ready: getReady(),
    close: () => indexing?.drop(),
    get multilingual() {
      return meaning?.multilingual ?? false;
    },
    isWord: (word) => vocabulary.has(stem(word)) || isEnglish(word),
    has: vocabulary.has,
    isOfRecord: (text) => tokens(text).every((word) => recordWords.has(stem(word))),
    /** Synonyms belong to an article: articles that read the question alike are searched together. */
    async find(text, isIn, understood = (asked) => asked) {
      const readings = new Map<string, { readonly asked: Asked; readonly slugs: Set<string> }>();
      for (const article of articles) {
        if (!isIn({ topic: { article } })) continue;
        const asked = understood(readQuestion(text, article, vocabulary, readers));
        const known = readings.get(asked.text);
        if (known) known.slugs.add(article.slug);
        else readings.set(asked.text, { asked, slugs: new Set([article.slug]) });
      }
      const found = await Promise.all(
        [...readings.values()].map(({ asked, slugs }) =>
          find(asked, (one) => slugs.has(one.topic.article.slug) && isIn(one)),
        ),
      );
      return found.length === 1 && found[0] ? found[0] : join(found);
    },
  };
}

/** What was found in several articles, as if it had been found in one. */
function join(list: readonly Found[]): Found {
  const most = (key: keyof Found['about']) => Math.max(0, ...list.map(({ about }) => about[key]));
  const exact = list.flatMap((found) => found.exact ?? []);
  // What one article leaves open, another may answer.
  const stated = exact.find((one) => one !== 'open') ?? exact[0];
  return {
    ...(stated ? { exact: stated } : {}),
    candidates: list.flatMap(({ candidates }) => candidates).sort((a, b) => b.rank - a.rank),
    about: {
      similarity: most('similarity'),
      overlap: most('overlap'),
      coverage: most('coverage'),
      everydaySimilarity: most('everydaySimilarity'),
      everydayOverlap: most('everydayOverlap'),
      named: most('named'),
    },
    names: new Set(list.flatMap(({ names }) => [...names])),
    record: list.flatMap(({ record }) => record ?? []).sort((a, b) => b.lead - a.lead)[0],
    byMeaning: list.some(({ byMeaning }) => byMeaning),
  };
}
