import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { findLocale, LOCALES } from '../../src/i18n/locale.ts';
import { en } from '../../src/i18n/locales/en.ts';
import { beside, CATALOGUES, type Catalogue, type Key, wordsOf } from '../../src/i18n/words.ts';

const KEYS = Object.keys(en) as Key[];
const OTHERS = LOCALES.filter((locale) => locale !== 'en');

/** Every element of a message, those within plurals and selections too. */
function elementsOf(message: readonly MessageFormatElement[]): MessageFormatElement[] {
  return message.flatMap((element) => [
    element,
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => elementsOf(value)) : []),
  ]);
}

/** The places of a message by their names, such as `{count, plural, …}`. */
function placesOf(message: string): string[] {
  const elements = elementsOf(parse(message, { ignoreTag: true }));
  return [...new Set(elements.flatMap((one) => (one.type === TYPE.literal || !('value' in one) ? [] : [one.value])))]
    .map(String)
    .sort();
}

/** Says the same in every language: a name, or nothing but places and marks. */
const SAME = new Set<Key>(['page.platform']);

it('a catalogue that lacks a message, or has one more, fails the type check', () => {
  const { quote: _, ...lacking } = en;
  // @ts-expect-error
  lacking satisfies Catalogue;
  // @ts-expect-error
  ({ ...en, extra: '' }) satisfies Catalogue & { readonly extra?: never };
  expect(KEYS.length).toBeGreaterThan(300);
});

describe.each(OTHERS)('%s', (locale) => {
  const catalogue = CATALOGUES[locale];

  it('has every message, with the same places', () => {
    expect(Object.keys(catalogue).sort()).toEqual([...KEYS].sort());
    for (const key of KEYS) expect([key, placesOf(catalogue[key])]).toEqual([key, placesOf(en[key])]);
  });

  it('says none in English', () => {
    const same = KEYS.filter((key) => {
      const words = parse(en[key], { ignoreTag: true }).flatMap((one) =>
        one.type === TYPE.literal ? [one.value] : [],
      );
      return catalogue[key] === en[key] && /\p{L}/u.test(words.join('')) && !SAME.has(key);
    });
    expect(same).toEqual([]);
  });

  it('knows no plural that its language lacks, and always the rest', () => {
    const { pluralCategories } = new Intl.PluralRules(locale).resolvedOptions();
    for (const key of KEYS) {
      for (const element of elementsOf(parse(catalogue[key], { ignoreTag: true }))) {
        if (element.type !== TYPE.plural) continue;
        const options = Object.keys(element.options);
        expect(options).toContain('other');
        expect([key, options.filter((one) => !(pluralCategories as string[]).includes(one))]).toEqual([key, []]);
      }
    }
  });
});

describe.each(LOCALES)('%s keeps the platforms’ limits', (locale) => {
  const catalogue = CATALOGUES[locale];
  const longer = (most: number, keys: readonly Key[]) => keys.filter((key) => catalogue[key].length > most);
  const below = (...starts: string[]) => KEYS.filter((key) => starts.some((start) => key.startsWith(start)));

  it('descriptions of commands: 100 characters', () => expect(longer(100, below('command.'))).toEqual([]));
  it('a command in a message’s menu: 32', () => expect(longer(32, ['command.message'])).toEqual([]));
  it('buttons: 75', () => expect(longer(75, below('action.', 'vote.helpful', 'vote.unhelpful'))).toEqual([]));
  it('a window’s title and buttons: 24', () => {
    expect(longer(24, [...below('form.'), 'wanted.title', 'ask.form', 'ask.form.submit', 'home.name'])).toEqual([]);
  });
  it('a form’s labels: 45, and what is said below them: 100', () => {
    expect(longer(45, ['wanted.label', 'ask.form.question', 'action.ask-privately'])).toEqual([]);
    expect(longer(100, ['wanted.hint', 'ask.form.private'])).toEqual([]);
  });
});

describe('plurals', () => {
  const paragraphs = (locale: (typeof LOCALES)[number], count: number) =>
    wordsOf({ locale })('record.length', { count });
  it.each([
    ['en', 1, 'Length: 1 paragraph.'],
    ['en', 2, 'Length: 2 paragraphs.'],
    ['ru', 1, 'Объём: 1 абзац.'],
    ['ru', 3, 'Объём: 3 абзаца.'],
    ['ru', 5, 'Объём: 5 абзацев.'],
    ['ru', 21, 'Объём: 21 абзац.'],
    ['he', 1, 'אורך: פסקה אחת.'],
    ['tr', 2, 'Uzunluk: 2 paragraf.'],
    ['az', 1, 'Uzunluq: 1 abzas.'],
  ] as const)('%s, %i: %s', (locale, count, sentence) => {
    // What is isolated is laid out by itself; the marks are never seen.
    expect(paragraphs(locale, count).replace(/[\u2068\u2069]/g, '')).toBe(sentence);
  });
});

it('a message without a value for its place is a mistake, not a gap', () => {
  expect(() => wordsOf({})('people.none.remedy', {})).toThrow(/names/);
});

it('a Latin name in a Hebrew line is laid out by itself, and English has no such marks', () => {
  expect(wordsOf({ locale: 'he' })('remark.figure', { speaker: 'Ada Example' })).toContain('\u2068Ada Example\u2069');
  expect(wordsOf({ locale: 'en' })('remark.figure', { speaker: 'Ada Example' })).not.toMatch(/[\u2066-\u2069]/);
  expect(beside('Ada', wordsOf({ locale: 'he' }))).toBe('\u2068Ada\u2069');
  expect(beside('Ada', wordsOf({ locale: 'ru' }))).toBe('Ada');
});

it('finds the language of a tag, whatever its region and case', () => {
  expect(findLocale(['tr-TR'])).toBe('tr');
  expect(findLocale(['en-GB'])).toBe('en');
  expect(findLocale(['iw', 'en'])).toBe('he');
  expect(findLocale(['de', 'ru_RU.UTF-8'])).toBe('ru');
  expect(findLocale(['az-Latn-AZ'])).toBe('az');
  expect(findLocale([undefined, 'C', 'german', ''])).toBeUndefined();
});
