import type { Article } from '../../core/article.ts';
import { coverage, overlap } from '../overlap.ts';
import type { ClaimSentence, IndexedPassage, IndexedSentence } from '../passages.ts';
import { type Form, missesWant, type Want } from '../read/want.ts';
import { compareRoles } from '../roles/agreement.ts';
import type { Roles } from '../roles/read-roles.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { stem, tokens } from '../words.ts';
import { isOpposite } from './opposites.ts';

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
/** Questions of a claim of which one must have what the question asks for, if the claim doesn't. */
const NEAREST_FOCUS = 3;
/** The most that `strength` gives, and the most that a lead counts. */
const MAX_STRENGTH = 1.5;
const MAX_LEAD = 0.5;
/** Sentences of all kinds among which a claim's and the open ones are counted. */
export const NEAREST_OF_ALL = 15;

/** A question as far as it has been read. */
export interface Asked {
  readonly text: string;
  readonly stems: readonly string[];
  readonly want: Want;
  readonly form: Form;
  /** The stem of what it asks for: `drone` of “which drones …?”; undefined if that can't be told. */
  readonly focus: string | undefined;
  /** It asks who or what else, beyond those told. */
  readonly others: boolean;
  /** It is a few words and not a question. */
  readonly bare: boolean;
  /** Who does what to whom in it. */
  readonly roles: Roles;
  /** Of whom it wants the words; empty if of nobody that the article names. */
  readonly speakers: ReadonlySet<string>;
  /** Parties, people, organisations, places and numbers that it names. */
  readonly named: ReadonlySet<string>;
  /** The stems of all its words, and its numbers, in order. */
  readonly words: readonly string[];
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
  /** The nearest of these that has the same question word. */
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
  /** 1 if the question wants a number, a time, a place or the like, and no question of the claim's does. */
  readonly unfit: number;
  /** 1 if the question asks who or what else, and no near question of the claim's does. */
  readonly noOthers: number;
  /** 1 if the question asks how many there are of something that neither the claim nor its nearest questions have. */
  readonly noCount: number;
  /** 1 if it names a party or an organisation of the article's record that the claim doesn't. */
  readonly otherEntity: number;
  /** 1 if it wants to know what somebody says, and the claim is neither theirs nor reports on them. */
  readonly otherSpeaker: number;
  /** 1 if it wants to know what somebody says, and the claim isn't theirs. */
  readonly reportedOn: number;
  /** Share, among the claim's nearest questions, of those that want the same: a time, a person, a reason and so on. */
  readonly sameWant: number;
  /** The same for the question word; 0.5 if the question wants a yes or no. */
  readonly sameForm: number;
  /** 1 if neither the claim nor its nearest questions have what the question asks for. */
  readonly focusMissing: number;
  /** How near the nearest question of the claim's is that has the same question word and doesn't contradict. */
  readonly fit: number;
  /** How much nearer that is than the nearest open question with the same question word, at most 0.5 either way. */
  readonly fitLead: number;
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
  /** How far its sentences name somebody else in the place of whoever the question names as acting or acted on. */
  readonly substituted: number;
  /** 1 if the claim says the opposite: it has won for lost, or fell for rose. */
  readonly otherWay: number;
  /** 1 if the question has a name that the claim doesn't have, and 1 if it has such a number. */
  readonly otherName: number;
  readonly otherNumbers: number;
  /** 1 if two numbers stand in the question in one order and in the claim in the other: from 9 to 5, from 5 to 9. */
  readonly swappedNumbers: number;
}

/** What rules a claim out, whatever speaks for it: nothing is learned of these. */
export const RULING_OUT: readonly (keyof Features)[] = [
  'noOthers',
  'noCount',
  'otherEntity',
  'otherSpeaker',
  'reportedOn',
];

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
  const { stems, want, named, form } = asked;
  const sentences = passage.sentences
    .filter(({ bare }) => asked.bare || !bare)
    .map((sentence) => ({ sentence, ...near(sentence) }))
    .sort((a, b) => strength(b) - strength(a));
  const asks = sentences.filter(({ sentence }) => sentence.want !== undefined);
  const nearAsks = asks.slice(0, NEAREST_ASKS);
  const best = {
    similarity: Math.max(0, ...sentences.map(({ similarity }) => similarity)),
    overlap: Math.max(0, ...sentences.map((one) => one.overlap)),
  };
  const covered = coverage(stems, passage.stems, vocabulary);
  const others = [...named].filter((name) => !passage.named.has(name) && !passage.stems.has(stem(name)));
  const close = new Set([...passage.words, ...asks.slice(0, NEAREST_FOCUS).flatMap(({ sentence }) => sentence.stems)]);
  const fitting = asks.find(({ sentence }) => sentence.form === form && !contradicts(sentence, asked));
  const fit = fitting ? strength(fitting) : 0;
  const roles = compareRoles(asked.roles, sentences.slice(0, NEAREST_OF_CLAIM).map(behind));
  return {
    ...best,
    coverage: covered,
    unfit: missesWant(want, passage.wants) ? 1 : 0,
    noOthers: asked.others && !asks.slice(0, NEAREST_OTHERS).some(({ sentence }) => sentence.others) ? 1 : 0,
    noCount: form === 'how many' && asked.focus && !holdsThing(close, asked.focus) ? 1 : 0,
    otherEntity: others.some((name) => isBody(name, passage.topic.article)) ? 1 : 0,
    otherSpeaker: asked.speakers.size > 0 && asked.speakers.isDisjointFrom(passage.speaking) ? 1 : 0,
    reportedOn: asked.speakers.size > 0 && asked.speakers.isDisjointFrom(passage.speakers) ? 1 : 0,
    sameWant: shareOf(nearAsks, ({ sentence }) => sentence.want === want),
    sameForm: form === 'yes or no' ? 0.5 : shareOf(nearAsks, ({ sentence }) => sentence.form === form),
    focusMissing: asked.focus && !close.has(asked.focus) ? 1 : 0,
    fit: fit / MAX_STRENGTH,
    fitLead: limitLead(fit - strength(openAlike)),
    openSimilarity: open.similarity,
    openOverlap: open.overlap,
    lead: limitLead(strength(best) - strength(open)),
    openShare,
    support: sentences.filter(({ sentence }) => nearest.has(sentence.id)).length / NEAREST_OF_ALL,
    terse: new Set(stems).size <= 2 ? 1 : 0,
    lookedUp: want === 'other' && covered === 1 && tokens(asked.text).length <= MAX_NAME_WORDS ? 1 : 0,
    ...roles,
    reversed: roles.clashes > roles.agrees ? 1 : 0,
    otherWay: isOpposite(asked.words, passage.words) ? 1 : 0,
    otherName: others.some((name) => !isNumber(name)) ? 1 : 0,
    otherNumbers: others.some(isNumber) ? 1 : 0,
    swappedNumbers: isSwapped(asked.numbers, passage.numbers) ? 1 : 0,
  };
}

/** Things that are counted under many names: people may be refugees, Jews or tourists. */
const ANYBODY: ReadonlySet<string> = new Set(['people', 'peopl', 'person', 'men', 'women', 'time', 'thing']);
/** Letters at which two words that begin alike are akin, refuge and refugees, and the fewest of a stem. */
const AKIN = 5;
const MIN_STEM = 4;

function holdsThing(close: ReadonlySet<string>, thing: string): boolean {
  if (close.has(thing) || ANYBODY.has(thing)) return true;
  const beginning = thing.slice(0, AKIN);
  return beginning.length >= MIN_STEM && [...close].some((one) => one.startsWith(beginning));
}

/** Whether a name is that of a party or an organisation: places and people are often named in passing. */
function isBody(name: string, { parties, organisations }: Article): boolean {
  return Object.hasOwn(parties, name) || Object.hasOwn(organisations, name);
}

function isNumber(name: string): boolean {
  return /^\d/.test(name);
}

function limitLead(lead: number): number {
  return Math.max(-MAX_LEAD, Math.min(MAX_LEAD, lead));
}

/** Whether of two numbers that both have, the first comes second. */
function isSwapped(asked: readonly string[], own: readonly string[]): boolean {
  const places = asked.map((number) => own.indexOf(number)).filter((place) => place >= 0);
  return places.some((place, at) => at > 0 && place < (places[at - 1] ?? 0));
}

/** Whether a sentence says the reverse of a question, says it of somebody else, or says the opposite. */
function contradicts({ roles, stems }: ClaimSentence, asked: Asked): boolean {
  const { agrees, clashes, substituted } = compareRoles(asked.roles, [{ roles, weight: 1 }]);
  return clashes > agrees || substituted > 0 || isOpposite(asked.stems, new Set(stems));
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
  noOthers,
  clashes,
  otherWay,
  otherName,
}: Features): number {
  return similarity + (words + covered) / 2 - (unfit + noOthers) / 10 - clashes / 4 - otherWay / 8 - otherName / 8;
}
