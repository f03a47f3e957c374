import { coverage, overlap } from './overlap.ts';
import type { IndexedPassage, IndexedSentence } from './passages.ts';
import type { Vocabulary } from './vocabulary.ts';
import { missesWant, type Want } from './want.ts';
import type { Weights } from './weights.ts';
import { tokens } from './words.ts';

/** Words of a text that may be a name and no question. */
const MAX_NAME_WORDS = 4;

/** A question as far as it has been read. */
export interface Asked {
  readonly text: string;
  readonly stems: readonly string[];
  readonly want: Want;
  /** It asks for others than those told. */
  readonly others: boolean;
}

/** How near a sentence is to a question, in meaning and in words, each from 0 to 1. */
export interface Nearness {
  readonly similarity: number;
  readonly overlap: number;
}

/** What speaks for and against a claim as the answer to a question. */
export interface Features extends Nearness {
  /** Share of the question's telling words that the claim has anywhere. */
  readonly coverage: number;
  /** 1 where the question wants a number, a time, a place, others or the like, and no question of the claim's does. */
  readonly unfit: number;
  /** Nearness in meaning and in words together. */
  readonly likeness: number;
  /** The nearest question that the article leaves open. */
  readonly openSimilarity: number;
  readonly openOverlap: number;
  /** How much nearer the claim is than that question, at most 0.5 either way. */
  readonly lead: number;
  /** 1 where the question has two telling words at most. */
  readonly terse: number;
  /** 1 where it is a few words, no question, and the claim has them all: a name that somebody looks up. */
  readonly named: number;
}

/** Of two sentences, words count half as much as meaning. */
function strength({ similarity, overlap: words }: Nearness): number {
  return similarity + words / 2;
}

/** The nearest of some sentences, and how near it is. `similarity` gives the likeness in meaning of one of them. */
export function nearest<Sentence extends IndexedSentence>(
  sentences: readonly Sentence[],
  asked: Asked,
  vocabulary: Vocabulary,
  similarity: (sentence: IndexedSentence) => number,
): Nearness & { readonly sentence?: Sentence } {
  let best: Nearness & { readonly sentence?: Sentence } = { similarity: 0, overlap: 0 };
  for (const sentence of sentences) {
    const near = { similarity: similarity(sentence), overlap: overlap(asked.stems, sentence.stems, vocabulary) };
    if (strength(near) > strength(best)) best = { ...near, sentence };
  }
  return best;
}

/** Measures a claim against a question, given the nearest question that the article leaves open. */
export function measure(
  passage: IndexedPassage,
  asked: Asked,
  vocabulary: Vocabulary,
  similarity: (sentence: IndexedSentence) => number,
  open: Nearness,
): Features {
  const { stems, want, others } = asked;
  const telling = new Set(stems);
  const near = {
    similarity: Math.max(0, ...passage.sentences.map(similarity)),
    overlap: Math.max(...passage.sentences.map((sentence) => overlap(stems, sentence.stems, vocabulary))),
  };
  const covered = coverage(stems, passage.stems, vocabulary);
  return {
    ...near,
    coverage: covered,
    unfit: missesWant(want, passage.wants) || (others && !passage.others) ? 1 : 0,
    likeness: near.similarity * covered,
    openSimilarity: open.similarity,
    openOverlap: open.overlap,
    lead: Math.max(-0.5, Math.min(0.5, strength(near) - strength(open))),
    terse: telling.size <= 2 ? 1 : 0,
    named: want === 'other' && covered === 1 && tokens(asked.text).length <= MAX_NAME_WORDS ? 1 : 0,
  };
}

/** How well a claim suits, to put several in order. */
export function rank({ similarity, overlap: words, coverage: covered, unfit }: Features): number {
  return similarity + (words + covered) / 2 - unfit / 10;
}

/** How sure it is that a claim answers, from 0 to 1. */
export function confidence(features: Features, weights: Weights): number {
  let sum = weights.constant;
  for (const [name, value] of Object.entries(features)) sum += value * weights[name as keyof Features];
  return 1 / (1 + Math.exp(-sum));
}
