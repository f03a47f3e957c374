import { coverage, overlap } from '../overlap.ts';
import type { ClaimSentence, IndexedPassage, IndexedSentence } from '../passages.ts';
import { type Form, missesWant, type Want } from '../read/want.ts';
import { compareRoles } from '../roles/agreement.ts';
import type { Roles } from '../roles/read-roles.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { stem, tokens } from '../words.ts';
import { goesTheOtherWay, hasOpposite } from './opposites.ts';

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
  /** The stems of all its words, in order. */
  readonly words: readonly string[];
  readonly form: Form;
  readonly qualifiers: readonly string[];
  /** It has a “not”. */
  readonly negated: boolean;
  /** The stem of what it asks for: `drone` of “which drones …?”; undefined if that can't be told. */
  readonly focus: string | undefined;
  /** Its numbers, in order. */
  readonly numbers: readonly string[];
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
  /** The nearest of these that asks by the same question word. */
  readonly openAlike: Nearness;
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
  /** 1 if there is any name in the question that the claim does not have. */
  readonly otherName: number;
  /** How telling the most telling word is that the claim does not have, and the same of the claim with its nearest questions. */
  readonly missing: number;
  readonly missingNear: number;
  /** 1 if neither the claim nor its nearest questions have what the question asks for. */
  readonly focusMissing: number;
  /** Share of the claim's nearest questions that ask by the same question word. */
  readonly sameForm: number;
  /** How near the nearest question of the claim's is that asks by the same word and does not contradict; its lead over an open one. */
  readonly fit: number;
  readonly fitLead: number;
  /** 1 if the question asks for something that no question of the claim's asks for. */
  readonly otherFocus: number;
  /** 1 if the question is narrowed down by a word that neither the claim nor its nearest questions have. */
  readonly narrowed: number;
  /** Share of its names that neither the claim itself nor its nearest questions have. */
  readonly namesFar: number;
  /** 1 if the claim's own text has the opposite of a word of the question's, or the other direction. */
  readonly otherWay: number;
  /** 1 if the numbers stand in another order than in the claim. */
  readonly swappedNumbers: number;
  /** 1 if the question is negated and the claim not, or the other way round. */
  readonly negation: number;
  /** Likeness to the claim's own text. */
  readonly textSimilarity: number;
  /** How near the nearest sentence of the claim is that contradicts the question, beyond the nearest that does not. */
  readonly contradicted: number;
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
  { near, open, openAlike, nearest, openShare }: Neighbourhood,
): Features {
  const { stems, want, named } = asked;
  const rarest = vocabulary.weight('');
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
  const close = new Set([...passage.words, ...asks.slice(0, 3).flatMap(({ sentence }) => sentence.stems)]);
  const fitting = asks.find(({ sentence }) => sentence.form === asked.form && !contradicts(sentence, asked));
  const fit = fitting ? strength(fitting) : 0;
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
    otherName: others > 0 ? 1 : 0,
    missing: mostTelling(stems.filter((one) => !passage.stems.has(one)), vocabulary) / rarest,
    missingNear: mostTelling(stems.filter((one) => !close.has(one)), vocabulary) / rarest,
    focusMissing: asked.focus && !close.has(asked.focus) ? 1 : 0,
    sameForm: asked.form === 'yes or no' ? 0.5 : shareOf(asks.slice(0, NEAREST_ASKS), ({ sentence }) => sentence.form === asked.form),
    fit: fit / 1.5,
    fitLead: Math.max(-0.5, Math.min(0.5, fit - strength(openAlike))),
    otherFocus: asked.focus && !asks.some(({ sentence }) => sentence.focus === asked.focus) ? 1 : 0,
    narrowed: asked.qualifiers.some((word) => !passage.words.has(stem(word)) && !asks.slice(0, NEAREST_ASKS).some(({ sentence }) => sentence.qualifiers.includes(word))) ? 1 : 0,
    namesFar: names?.some((name) => !passage.namedItself.has(name) && !close.has(stem(name)) && !asks.slice(0, 3).some(({ sentence }) => sentence.named.has(name))) ? 1 : 0,
    otherWay: hasOpposite(asked.words, passage.words) || goesTheOtherWay(asked.words, passage.words) ? 1 : 0,
    swappedNumbers: isSwapped(asked.numbers, passage.numbers) ? 1 : 0,
    negation: asked.negated !== passage.negated && asked.negated ? 1 : 0,
    textSimilarity: sentences.find(({ sentence }) => sentence.want === undefined)?.similarity ?? 0,
    contradicted: contradicting(sentences.slice(0, NEAREST_OF_CLAIM), asked),
  };
}

function mostTelling(stems: readonly string[], { weight }: Vocabulary): number {
  return Math.max(0, ...stems.map(weight));
}

/** Whether of two numbers that both have, the first comes second. */
function isSwapped(asked: readonly string[], own: readonly string[]): boolean {
  const places = asked.filter((number) => own.includes(number)).map((number) => own.indexOf(number));
  return places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0));
}

function contradicting(sentences: readonly Near<ClaimSentence>[], asked: Asked): number {
  const [no, yes] = [true, false].map((wanted) =>
    Math.max(
      0,
      ...sentences.filter(({ sentence }) => contradicts(sentence, asked) === wanted).map(strength),
    ),
  ) as [number, number];
  return no === 0 ? 0 : Math.max(-0.5, Math.min(0.5, no - yes)) + 0.5;
}

function contradicts({ roles, stems }: ClaimSentence, asked: Asked): boolean {
  const { agrees, clashes, substituted } = compareRoles(asked.roles, [{ roles, weight: 1 }]);
  const own = new Set(stems);
  return clashes > agrees || substituted > 0 || hasOpposite(asked.stems, own) || goesTheOtherWay(asked.stems, own);
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
