import type { Article, Claim } from '../core/article.ts';
import type { RecordPart } from '../core/search.ts';
import type { AboutFeatures } from './decide/about.ts';
import {
  type Asked,
  type Features,
  measure,
  measureSentence,
  NEAREST_OF_ALL,
  type Near,
  type Nearness,
  rank,
  strength,
} from './decide/features.ts';
import type { LexicalIndex } from './lexical.ts';
import type { Indexed, IndexedPassage, IndexedSentence, OpenQuestion } from './passages.ts';
import { meansWhole } from './read/record.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Sentences looked at more closely, nearest in meaning and nearest in words. */
const NEAR_IN_MEANING = 100;
const NEAR_IN_WORDS = 60;

/** A digit alone, as in `1.1 tonnes` or `alert(1)`, isn't a word that a question and a claim have in common. */
const LONE_DIGIT = /^\d$/;

/** How near a question about a text must be for this one to be such a question. */
const RECORD_FROM = 0.95;

/** A claim that was measured against a question. */
export interface Candidate {
  readonly passage: IndexedPassage;
  readonly features: Features;
  readonly rank: number;
  /** Its sentence that is nearest to the question. */
  readonly nearest: IndexedSentence;
}

/** What was found near a question. */
export interface Found {
  /** Best first. */
  readonly candidates: readonly Candidate[];
  readonly about: AboutFeatures;
  /** The nearest question that the article leaves open. */
  readonly open?: OpenQuestion;
  /** The question stands in the content word for word, as one that the article answers, by this claim, or leaves open. */
  readonly exact?: IndexedPassage | 'open';
  /** The part of the article's record that a question like this asks for, and how much nearer that is than the nearest claim. */
  readonly record?: { readonly part: RecordPart; readonly lead: number } | undefined;
  /** What the question names of what the content names. */
  readonly names: ReadonlySet<string>;
  /** Whether meaning was looked at, or words alone. */
  readonly byMeaning: boolean;
}

/** Whether an article, one of its topics or claims may answer. */
export type Filter = (one: { readonly topic: { readonly article: Article }; readonly claim?: Claim }) => boolean;

/** How like a question each sentence is, by its id; undefined if that can't be told. */
export type Similarities = (text: string) => Promise<Float32Array | undefined>;

export type Find = (asked: Asked, isIn: Filter) => Promise<Found>;

/** Makes a function that finds the claims near a question and measures them against it. */
export function createFinder(
  indexed: Indexed,
  vocabulary: Vocabulary,
  lexical: LexicalIndex,
  similarities: Similarities,
): Find {
  const passageOf = new Map(indexed.passages.flatMap((passage) => passage.sentences.map(({ id }) => [id, passage])));
  const openOf = new Map(indexed.open.map((question) => [question.id, question]));
  const everydayIds = new Set(indexed.everyday.map(({ id }) => id));
  const recordWords = new Set(indexed.record.flatMap(({ words }) => [...words]));
  /** Questions about a text have few telling words: all their words count. */
  const nearestRecord = ({ text, words, stems, named }: Asked, similar: Float32Array | undefined) => {
    // “Who published the letter?” is about the letter.
    const isOnSubject = stems.some((one) => vocabulary.has(one) && !recordWords.has(one));
    if (isOnSubject && named.size === 0) return undefined;
    // “How long is the detour?” is like “how long is the text”, and about something that the article may never name.
    if (!meansWhole(text) && !words.every((one) => recordWords.has(one))) return undefined;
    const asked = new Set(words);
    let best: { readonly part: RecordPart; readonly near: number } | undefined;
    for (const { id, part, words: own } of indexed.record) {
      const common = (2 * asked.intersection(own).size) / (asked.size + own.size);
      const near = strength({ similarity: similar?.[id] ?? common, overlap: common });
      if (near >= RECORD_FROM && near > (best?.near ?? 0)) best = { part, near };
    }
    return best;
  };

  return async (asked, isIn) => {
    // The words are looked up while the model's thread is at work.
    const looked = similarities(asked.text);
    const inWords = lexical.query(asked.text, NEAR_IN_WORDS);
    const similar = await looked;
    const known = new Map<number, Nearness>();
    const near = (sentence: IndexedSentence): Nearness => {
      const found =
        known.get(sentence.id) ??
        measureSentence(sentence, asked, vocabulary, Math.max(0, similar?.[sentence.id] ?? 0));
      known.set(sentence.id, found);
      return found;
    };
    const ids = new Set([...(similar ? mostLike(similar) : []), ...inWords]);
    const all = [...ids].map((id) => indexed.sentences[id] as IndexedSentence);
    const ofContent = all.filter(({ id }) => {
      const owner = passageOf.get(id) ?? openOf.get(id);
      return owner !== undefined && isIn(owner);
    });
    const nearest = ofContent
      .map((sentence): Near => ({ sentence, ...near(sentence) }))
      .sort((a, b) => strength(b) - strength(a));
    const open = nearest.find(({ sentence }) => openOf.has(sentence.id));
    const first = nearest.slice(0, NEAREST_OF_ALL);
    const neighbourhood = {
      near,
      open: open ?? NOTHING,
      openAlike: nearest.find(({ sentence }) => openOf.get(sentence.id)?.form === asked.form) ?? NOTHING,
      nearest: new Set(first.map(({ sentence }) => sentence.id)),
      openShare: first.filter(({ sentence }) => openOf.has(sentence.id)).length / NEAREST_OF_ALL,
    };
    const same = nearest.find(({ sentence }) => sentence.text === asked.text)?.sentence.id;
    const exact = same === undefined ? undefined : (passageOf.get(same) ?? 'open');
    const telling = asked.stems.filter((one) => !LONE_DIGIT.test(one));
    const isNear = (passage: IndexedPassage) =>
      similar !== undefined || passage === exact || telling.some((one) => passage.stems.has(one));
    const passages = new Set(ofContent.flatMap(({ id }) => passageOf.get(id) ?? []).filter(isNear));
    const candidates = [...passages].map((passage): Candidate => {
      const features = measure(passage, asked, vocabulary, neighbourhood);
      return { passage, features, rank: rank(features), nearest: nearestOf(passage, near) };
    });
    candidates.sort((a, b) => b.rank - a.rank);

    const names = new Set([...asked.named].filter((name) => indexed.named.has(name)));
    const everyday = all.filter(({ id }) => everydayIds.has(id)).map(near);
    const record = nearestRecord(asked, similar);
    const about: AboutFeatures = {
      similarity: most(nearest, 'similarity'),
      overlap: most(nearest, 'overlap'),
      coverage: Math.max(0, ...candidates.map(({ features }) => features.coverage)),
      everydaySimilarity: most(everyday, 'similarity'),
      everydayOverlap: most(everyday, 'overlap'),
      named: Math.min(1, names.size / 2),
    };
    const leftOpen = open && openOf.get(open.sentence.id);
    return {
      candidates,
      about,
      names,
      byMeaning: similar !== undefined,
      ...(record
        ? { record: { part: record.part, lead: record.near - strength(candidates[0]?.features ?? NOTHING) } }
        : {}),
      ...(leftOpen ? { open: leftOpen } : {}),
      ...(exact ? { exact } : {}),
    };
  };
}

const NOTHING: Nearness = { similarity: 0, overlap: 0 };

/** The places of the highest values. */
function mostLike(values: Float32Array): number[] {
  const least = values.toSorted().at(-NEAR_IN_MEANING) ?? 0;
  const places: number[] = [];
  for (let place = 0; place < values.length; place += 1) {
    if ((values[place] as number) >= least && (values[place] as number) > 0) places.push(place);
  }
  return places;
}

function most(list: readonly Nearness[], key: keyof Nearness): number {
  return list.reduce((best, one) => Math.max(best, one[key]), 0);
}

function nearestOf({ sentences }: IndexedPassage, near: (sentence: IndexedSentence) => Nearness): IndexedSentence {
  return sentences.reduce((best, one) => (strength(near(one)) > strength(near(best)) ? one : best));
}
