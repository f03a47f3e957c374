import nlp from 'compromise';
import { capitalize } from '../core/text.ts';
import { clean } from './blocks.ts';

/** A subject has at most so many words. */
const MOST_WORDS = 3;

/** Words that no subject begins or ends with, or consists of. */
const EMPTY = new Set(
  (
    'the a an this that these those its his her their our my your some any each every all both other another such same more most ' +
    'many few several one two three four five six seven eight nine ten hundred thousand million billion first second last next ' +
    'it he she they we you i who what which there here nobody everybody something anything nothing way ways part parts thing ' +
    'things time times year years month months week weeks day days today yesterday tomorrow people person man woman men women ' +
    'own per cent number numbers lot others end case fact point place monday tuesday wednesday thursday friday saturday sunday january february ' +
    'march april may june july august september october november december mr mrs ms dr and or of in on at to by for from as than not no'
  ).split(' '),
);

interface Term {
  readonly text: string;
  count: number;
}

/**
 * What each part of an article is about: the noun phrase, or the name, that it has most often and the other parts least.
 * No two parts get the same. Undefined if nothing stands out. In other languages than English words stand for phrases.
 */
export function nameSubjects(parts: readonly string[], isEnglish: boolean): (string | undefined)[] {
  const terms = parts.map((text) => (isEnglish ? listPhrases(text) : listWords(text)));
  const taken = new Set<string>();
  return terms.map((own) => {
    const ranked = [...own]
      .map(([key, { text, count }]) => {
        const others = terms.filter((other) => other !== own && other.has(key)).length;
        const words = key.split(' ').length;
        return { key, text, score: count * Math.log((parts.length + 1) / (others + 0.5)) * (words > 1 ? 1.4 : 1) };
      })
      .sort((a, b) => b.score - a.score || b.key.length - a.key.length);
    const best = ranked.find(({ key }) => ![...taken].some((other) => overlaps(key, other)));
    if (!best || best.score <= 0) return undefined;
    taken.add(best.key);
    const { text } = widen(best.key, own) ?? best;
    return capitalize(text);
  });
}

/** The phrase that a word most often ends there: `coal terminal` for `terminal`, `Tom Abara` for `Abara`. */
function widen(key: string, terms: ReadonlyMap<string, Term>): Term | undefined {
  const longer = [...terms].filter(([other]) => other.endsWith(` ${key}`)).map(([, term]) => term);
  return longer.sort((a, b) => b.count - a.count || a.text.length - b.text.length)[0];
}

function overlaps(a: string, b: string): boolean {
  return a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`);
}

/** Noun phrases without articles, numbers and pronouns, with how often they or their last word stand in the text. */
function listPhrases(text: string): Map<string, Term> {
  const phrases: string[] = nlp(text).nouns().out('array');
  const terms = new Map<string, Term>();
  for (const phrase of phrases) {
    const words = trimWords(clean(phrase).split(' '));
    for (let from = 0; from < words.length; from += 1) {
      const some = words.slice(from);
      if (some.length <= MOST_WORDS && isSubject(some)) add(terms, some);
    }
  }
  return terms;
}

function listWords(text: string): Map<string, Term> {
  const terms = new Map<string, Term>();
  for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}-]{4,}/gu)) add(terms, [word]);
  return terms;
}

function add(terms: Map<string, Term>, words: readonly string[]): void {
  const text = words.join(' ');
  const key = words.map((word) => word.toLowerCase().replace(/[’']s?$|s$/, '')).join(' ');
  const term = terms.get(key) ?? { text, count: 0 };
  term.count += 1;
  terms.set(key, term);
}

/** The words from the last that says nothing, or that isn't one, without signs at their ends. */
function trimWords(words: readonly string[]): string[] {
  const plain = words.map((word) => /[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]*/u.exec(word)?.[0] ?? '');
  const start = plain.findLastIndex((word) => !/^\p{L}[\p{L}\p{M}’'-]+$/u.test(word) || EMPTY.has(word.toLowerCase()));
  // Only within a phrase whose something is belongs to it: the growers’ argument.
  return plain.slice(start + 1).map((word, at, all) => (at < all.length - 1 ? word : word.replace(/[’']s?$/, '')));
}

function isSubject(words: readonly string[]): boolean {
  return words.join('').length >= 4 && words.every((word) => !EMPTY.has(word.toLowerCase()));
}
