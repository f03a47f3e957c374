import { coverage, overlap } from '../overlap.ts';
import type { ClaimSentence, IndexedPassage, IndexedSentence } from '../passages.ts';
import { missesWant, type Want } from '../read/want.ts';
import { compareRoles } from '../roles/agreement.ts';
import type { Roles } from '../roles/read-roles.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { stem, tokens } from '../words.ts';
import { hasOpposite } from './opposites.ts';

/** Words of a text that may be a name and no question. */
const MAX_NAME_WORDS = 4;
/** Questions of a claim among which those that want the same are counted. */
const NEAREST_ASKS = 8;
/** Questions of a claim of which one must ask for others, if the question does. */
const NEAREST_OTHERS = 3;
/** Sentences of a claim whose roles are compared with a question's. */
const NEAREST_OF_CLAIM = 12;
/** How much more a near sentence's roles count than a far one's. */
const SHARPNESS = 4;
/** Sentences of all kinds among which a claim's and the open ones are counted. */
export const NEAREST_OF_ALL = 15;

/** A question as far as it has been read. */
export interface Asked {
  readonly text: string;
  readonly stems: readonly string[];
  readonly want: Want;
  /** It asks for others than those told. */
  readonly others: boolean;
  /** It is a few words and no question. */
  readonly bare: boolean;
  /** Who does what to whom in it. */
  readonly roles: Roles;
  /** Parties, people, organisations, places and numbers that it names. */
  readonly named: ReadonlySet<string>;
}

/** How near a sentence is to a question, in meaning and in words, each from 0 to 1. */
export interface Nearness {
  readonly similarity: number;
  readonly overlap: number;
}

/** A sentence and how near it is. */
export interface Near<Sentence extends IndexedSentence = IndexedSentence> extends Nearness {
  readonly sentence: Sentence;
}

/** What is near a question, whichever claim is looked at. */
export interface Neighbourhood {
  near(sentence: IndexedSentence): Nearness;
  /** The nearest question that the article leaves open. */
  readonly open: Nearness;
  /** The ids of the sentences of all kinds that are nearest. */
  readonly nearest: ReadonlySet<number>;
  /** Share of open questions among these. */
  readonly openShare: number;
}

/** What speaks for and against a claim as the answer to a question. Each lies between 0 and 1 unless said otherwise. */
export interface Features extends Nearness {
  /** Share of the question's telling words that the claim has anywhere. */
  readonly coverage: number;
  /** 1 if the question wants a number, a time, a place, others or the like, and no question of the claim's does. */
  readonly unfit: number;
  /** Share, among the claim's nearest questions, of those that want the same: a time, a person, a reason and so on. */
  readonly sameWant: number;
  /** Nearness in meaning and in words together. */
  readonly likeness: number;
  /** The nearest question that the article leaves open. */
  readonly openSimilarity: number;
  readonly openOverlap: number;
  /** How much nearer the claim is than that question, at most 0.5 either way. */
  readonly lead: number;
  /** Share of open questions among the nearest sentences. */
  readonly openShare: number;
  /** Share of the claim's own sentences among them. */
  readonly support: number;
  /** 1 if the question has two telling words at most. */
  readonly terse: number;
  /** 1 if it is a few words, no question, and the claim has them all: a name that somebody looks up. */
  readonly lookedUp: number;
  /** How far the claim's sentences agree with the question on who does what to whom, and how far they contradict it. */
  readonly agrees: number;
  readonly clashes: number;
  /** 1 if they contradict it more than they agree. */
  readonly reversed: number;
  /** 1 if the question has the opposite of a word of the claim's, and the claim never that word itself. */
  readonly opposite: number;
  /** How far its sentences name somebody else in the place of whoever the question names as acting or acted on. */
  readonly substituted: number;
  /** Share of the names in the question that the claim does not have. */
  readonly otherNames: number;
  /** 1 if the question has a number that the claim does not. */
  readonly otherNumbers: number;
}

/** Of two sentences, words count half as much as meaning. */
export function strength({ similarity, overlap: words }: Nearness): number {
  return similarity + words / 2;
}

/** How near a sentence is to a question, given their likeness in meaning. */
export function measureSentence(
  sentence: IndexedSentence,
  asked: Asked,
  vocabulary: Vocabulary,
  similarity: number,
): Nearness {
  return { similarity, overlap: overlap(asked.stems, sentence.stems, vocabulary) };
}

/** Measures a claim against a question. */
export function measure(
  passage: IndexedPassage,
  asked: Asked,
  vocabulary: Vocabulary,
  { near, open, nearest, openShare }: Neighbourhood,
): Features {
  const { stems, want, named } = asked;
  const sentences = passage.sentences
    .filter(({ bare }) => asked.bare || !bare)
    .map((sentence) => ({ sentence, ...near(sentence) }))
    .sort((a, b) => strength(b) - strength(a));
  const asks = sentences.filter(({ sentence }) => sentence.want !== undefined);
  const best = {
    similarity: Math.max(0, ...sentences.map(({ similarity }) => similarity)),
    overlap: Math.max(0, ...sentences.map((one) => one.overlap)),
  };
  const covered = coverage(stems, passage.stems, vocabulary);
  const [numbers, names] = [true, false].map((wanted) => [...named].filter((name) => /^\d/.test(name) === wanted));
  const isOther = (name: string) => !passage.named.has(name) && !passage.stems.has(stem(name));
  const others = names?.filter(isOther).length ?? 0;
  const roles = compareRoles(asked.roles, sentences.slice(0, NEAREST_OF_CLAIM).map(behind));
  return {
    ...best,
    coverage: covered,
    unfit:
      missesWant(want, passage.wants) ||
      (asked.others && !asks.slice(0, NEAREST_OTHERS).some(({ sentence }) => sentence.others))
        ? 1
        : 0,
    sameWant: shareOf(asks.slice(0, NEAREST_ASKS), ({ sentence }) => sentence.want === want),
    likeness: best.similarity * covered,
    openSimilarity: open.similarity,
    openOverlap: open.overlap,
    lead: Math.max(-0.5, Math.min(0.5, strength(best) - strength(open))),
    openShare,
    support: sentences.filter(({ sentence }) => nearest.has(sentence.id)).length / NEAREST_OF_ALL,
    terse: new Set(stems).size <= 2 ? 1 : 0,
    lookedUp: want === 'other' && covered === 1 && tokens(asked.text).length <= MAX_NAME_WORDS ? 1 : 0,
    ...roles,
    reversed: roles.clashes > roles.agrees ? 1 : 0,
    opposite: hasOpposite(stems, passage.stems) ? 1 : 0,
    otherNames: others === 0 ? 0 : others / (names?.length ?? 1),
    otherNumbers: numbers?.some(isOther) ? 1 : 0,
  };
}

/** Sentences of a claim by their nearness, so that the nearest count most. */
function behind({ sentence, ...nearness }: Near<ClaimSentence>) {
  return { roles: sentence.roles, weight: strength(nearness) ** SHARPNESS };
}

/** The share of some sentences' weight that those of a kind have. */
function shareOf(list: readonly Near<ClaimSentence>[], isOf: (one: Near<ClaimSentence>) => boolean): number {
  const weigh = (some: readonly Near<ClaimSentence>[]) => some.reduce((sum, one) => sum + strength(one), 0);
  return list.length === 0 ? 0 : weigh(list.filter(isOf)) / (weigh(list) || 1);
}

/** How well a claim suits, to put several in order. */
export function rank({
  similarity,
  overlap: words,
  coverage: covered,
  unfit,
  clashes,
  opposite,
  otherNames,
}: Features): number {
  return similarity + (words + covered) / 2 - unfit / 10 - clashes / 4 - opposite / 8 - otherNames / 8;
}
