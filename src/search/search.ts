import type { Topic } from '../core/article.ts';
import type { Command } from '../core/command.ts';
import type { Library } from '../core/library.ts';
import { emptyPart, type Findings, type Passage, recordPart, type Search } from '../core/search.ts';
import { isEnglish } from './dictionary.ts';
import { isForeign } from './language.ts';
import { createLexicalIndex } from './lexical.ts';
import { createNameIndex } from './names.ts';
import { type IndexedPassage, type IndexedSentence, indexLibrary, type OpenQuestion } from './passages.ts';
import { readQuestion, vocabularyTexts } from './read-question.ts';
import { asksForAuthor, readRecord, readRefusal } from './refuse.ts';
import { type Asked, confidence, type Features, measure, nearest, rank } from './score.ts';
import type { SemanticIndex, Semantics } from './semantic.ts';
import { asksForSummary } from './summary.ts';
import { createRewriter } from './synonyms.ts';
import { isSmallTalk } from './talk.ts';
import { createVocabulary } from './vocabulary.ts';
import { ANSWERED, LEXICAL_WEIGHTS, NEAREST, SEMANTIC_WEIGHTS, type Weights } from './weights.ts';
import { stem } from './words.ts';

/** Claims in one answer, and topics offered. */
const MAX_PASSAGES = 3;
const MAX_NEAREST = 3;
/** Claims told of as looked at most closely. */
const MAX_CONSIDERED = 40;
/** Where several articles answer: so many of them, with so many claims each. */
const MAX_ARTICLES = 3;
const MAX_PASSAGES_EACH = 2;
/** Characters of a question in which the name of a topic is looked for. */
const MAX_NAME_LENGTH = 60;
/** Sentences looked at more closely, nearest in meaning and nearest in words. */
const NEAR_IN_MEANING = 100;
const NEAR_IN_WORDS = 60;
/** How far a further claim may rank behind the best one. */
const MAX_BEHIND = 0.25;
/** Telling words that name a claim where the rest of a question cannot be read. */
const MIN_NAMES = 2;

/** A claim that was measured against a question. */
interface Candidate {
  readonly passage: IndexedPassage;
  readonly features: Features;
  readonly rank: number;
}

/** Whether something belongs to an article that may answer. */
type Filter = (one: { readonly topic: Topic }) => boolean;

export interface SearchOptions {
  /** Finds by meaning too; by words alone where left out. */
  readonly semantics?: Semantics | undefined;
  /** Hears of it where the search by meaning fails; the search goes on by words. */
  readonly onFailure?: ((error: unknown) => void) | undefined;
}

/** Search over a library's claims: by words and, with `semantics`, by meaning. docs/search.md explains it on a page. */
export async function createSearch(
  library: Library,
  commands: readonly Command[],
  { semantics, onFailure }: SearchOptions = {},
): Promise<Search> {
  const rewrite = createRewriter(Object.assign({}, ...library.articles.map(({ synonyms }) => synonyms)));
  const { passages, open, sentences } = indexLibrary(library, rewrite);
  const vocabulary = createVocabulary(vocabularyTexts({ passages, open, sentences }), isEnglish);
  const lexical = await createLexicalIndex(sentences.map(({ text }) => text));
  let meaning: SemanticIndex | undefined;
  const indexing = semantics?.index(sentences.map(({ text }) => text));
  const ready = async (): Promise<void> => {
    try {
      await indexing?.ready;
      meaning = indexing;
    } catch (error) {
      onFailure?.(error);
    }
  };
  const getReady = ready();
  const names = createNameIndex(commands);
  const passageOf = new Map(passages.flatMap((passage) => passage.sentences.map(({ id }) => [id, passage])));
  const openOf = new Map(open.map((question) => [question.id, question]));

  const similarities = async (text: string): Promise<ReadonlyMap<number, number> | undefined> => {
    try {
      const matches = await meaning?.query(text, NEAR_IN_MEANING);
      return matches && new Map(matches.map(({ sentence, similarity }) => [sentence, Math.max(0, similarity)]));
    } catch (error) {
      // One question that the model cannot read must not cost all others their answers by meaning.
      if (meaning?.ended) meaning = undefined;
      onFailure?.(error);
      return undefined;
    }
  };

  const find = async (
    asked: Asked,
    isIn: Filter,
  ): Promise<{ candidates: Candidate[]; weights: Weights; leftOpen: OpenQuestion | undefined }> => {
    const near = await similarities(asked.text);
    const ids = new Set([...(near?.keys() ?? []), ...lexical.query(asked.text, NEAR_IN_WORDS)]);
    const similarity = ({ id }: IndexedSentence) => near?.get(id) ?? 0;
    const openNear = [...ids].flatMap((id) => openOf.get(id) ?? []).filter(isIn);
    const leftOpen = nearest(openNear, asked, vocabulary, similarity);
    const found = [...new Set([...ids].flatMap((id) => passageOf.get(id) ?? []))].filter(isIn);
    const candidates = found.map((passage) => {
      const features = measure(passage, asked, vocabulary, similarity, leftOpen);
      return { passage, features, rank: rank(features) };
    });
    candidates.sort((a, b) => b.rank - a.rank);
    return { candidates, weights: near ? SEMANTIC_WEIGHTS : LEXICAL_WEIGHTS, leftOpen: leftOpen.sentence };
  };

  const offer = (candidates: readonly Candidate[], text: string, isIn: Filter): Topic[] => {
    const near = [...new Set(candidates.map(({ passage }) => passage.topic))].slice(0, MAX_NEAREST);
    if (near.length === MAX_NEAREST) return near;
    const named = names(text.slice(0, MAX_NAME_LENGTH), commands.length)
      .flatMap(({ topic }) => topic ?? [])
      .filter((topic) => isIn({ topic }))
      .slice(0, MAX_NEAREST);
    return [...new Set([...near, ...named])].slice(0, MAX_NEAREST);
  };

  const answer = async (text: string, asked: Asked, isIn: Filter): Promise<Findings> => {
    const { candidates, weights, leftOpen } = await find(asked, isIn);
    const best = candidates[0];
    const sure = best ? confidence(best.features, weights) : 0;
    const shown = spread(
      candidates.filter(
        (one) => best && one.rank >= best.rank - MAX_BEHIND && confidence(one.features, weights) >= ANSWERED,
      ),
    );
    const verdict = sure >= ANSWERED ? 'answered' : sure >= NEAREST ? 'nearest' : 'declined';
    const debug = {
      read: asked,
      verdict,
      confidence: sure,
      threshold: ANSWERED,
      nearestOpen: leftOpen && `${leftOpen.topic.slug}: ${leftOpen.written}`,
      candidates: candidates.slice(0, 5).map(explain),
    };
    const part = {
      text,
      verdict,
      passages: verdict === 'answered' ? shown.map(toPassage) : [],
      nearest: verdict === 'nearest' ? candidates.slice(0, MAX_PASSAGES).map(toPassage) : [],
      topics: offer(candidates, text, isIn),
      considered: candidates.slice(0, MAX_CONSIDERED).map(toPassage),
    } as const;
    return { parts: [part], debug };
  };

  return {
    names,
    ready: getReady,
    close: () => indexing?.drop(),
    async ask(text, { within } = {}) {
      const isIn: Filter = ({ topic }) => !within || within.has(topic.article.slug);
      if (isSmallTalk(text)) return { parts: [emptyPart(text)], instead: 'help' };
      if (asksForSummary(text)) return { parts: [emptyPart(text)], instead: 'summary' };
      const refusal = readRefusal(text);
      if (refusal) return { parts: [emptyPart(text, offer([], text, isIn))], refusal };
      const known = (word: string) => vocabulary.has(stem(word)) || isEnglish(word);
      if (isForeign(text, known)) {
        // Names and figures are the same in any language.
        const asked = readQuestion(text, vocabulary, rewrite);
        const understood = [...new Set(asked.stems.filter(vocabulary.has))];
        const named = { ...asked, text: understood.join(' '), stems: understood };
        const findings = understood.length >= MIN_NAMES ? await answer(text, named, isIn) : undefined;
        const isAnswered = findings?.parts.some(({ verdict }) => verdict === 'answered');
        return findings && isAnswered ? findings : { parts: [emptyPart(text)], refusal: 'language' };
      }
      const record = readRecord(text);
      if (record.length > 0) return { parts: [recordPart(text, record)] };
      const findings = await answer(text, readQuestion(text, vocabulary, rewrite), isIn);
      // Claims on the author say more than the record, but an article need not have any.
      const isAnswered = findings.parts.some(({ verdict }) => verdict === 'answered');
      return isAnswered || !asksForAuthor(text) ? findings : { ...findings, parts: [recordPart(text, ['author'])] };
    },
  };
}

function toPassage({ passage: { claim, topic }, rank: score }: Candidate): Passage {
  return { claim, topic, score };
}

/** The first claims; where several articles answer, the first of each, side by side, the best article first. */
function spread(candidates: readonly Candidate[]): Candidate[] {
  const byArticle = [...Map.groupBy(candidates, ({ passage }) => passage.topic.article.slug).values()];
  if (byArticle.length < 2) return candidates.slice(0, MAX_PASSAGES);
  return byArticle.slice(0, MAX_ARTICLES).flatMap((list) => list.slice(0, MAX_PASSAGES_EACH));
}

function explain({ passage, features, rank: score }: Candidate) {
  return { claim: passage.claim.id, rank: score, features };
}
