import {
  createLiteralElement,
  isArgumentElement,
  isPluralElement,
  isSelectElement,
} from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { directionOf, type Locale } from './locale.ts';
import { az } from './locales/az.ts';
import { en } from './locales/en.ts';
import { he } from './locales/he.ts';
import { ru } from './locales/ru.ts';
import { tr } from './locales/tr.ts';

/** The name of a message. */
export type Key = keyof typeof en;

/** The names of all messages. */
export const KEYS = Object.keys(en) as readonly Key[];

/** All messages in one language. One that lacks a message, or has one more, fails the type check. */
export type Catalogue = Readonly<Record<Key, string>>;

/** Every catalogue by its language. */
export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, tr, ru, he, az };

/** What stands in a message's places. */
export type Values<Value = string | number> = Readonly<Record<string, Value>>;

/** The bot's own words in one language. */
export interface Words {
  readonly locale: Locale;
  readonly direction: 'ltr' | 'rtl';
  /** A message with these values in it. Throws if the message has a place for which there is no value. */
  (key: Key, values?: Values): string;
  /** The same in pieces: a value that is an object stays as it is, and an array is a run of pieces. */
  pieces<Piece extends object>(
    key: Key,
    values: Values<string | number | Piece | readonly (string | Piece)[]>,
  ): readonly (string | Piece)[];
}

/** Whatever says in which language it is to be answered: a question, for one. English if it does not. */
export interface Spoken {
  readonly locale?: Locale | undefined;
}

const spoken = new Map<Locale, Words>();

/** The words of a language. Each message is compiled when it is first said, and kept. */
export function wordsOf({ locale = 'en' }: Spoken): Words {
  const known = spoken.get(locale);
  if (known) return known;
  const words = createWords(locale, CATALOGUES[locale]);
  spoken.set(locale, words);
  return words;
}

/** The words that operators and editors read. */
export const english: Words = wordsOf({});

/** Whether there is a message of this name. */
export function isKey(name: string): name is Key {
  return Object.hasOwn(en, name);
}

function createWords(locale: Locale, catalogue: Catalogue): Words {
  const compiled = new Map<Key, IntlMessageFormat>();
  const direction = directionOf(locale);
  const compile = (key: Key): IntlMessageFormat => {
    const message = new IntlMessageFormat(catalogue[key], locale, undefined, { ignoreTag: true });
    return direction === 'rtl' ? new IntlMessageFormat(isolatePlaces(message.getAst()), locale) : message;
  };
  const format = (key: Key, values: Values<unknown>): unknown[] => {
    const message = compiled.get(key) ?? compile(key);
    compiled.set(key, message);
    return message.formatToParts(values as Values).map(({ value }) => value);
  };
  const words = (key: Key, values?: Values): string =>
    values === undefined ? catalogue[key] : format(key, values).join('');
  const pieces = <Piece extends object>(key: Key, values: Values<Piece>) => format(key, values).flat();
  return Object.assign(words, { locale, direction, pieces: pieces as Words['pieces'] });
}

/** First strong isolate, and the mark that ends it, https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates */
const [BEGIN, END] = ['\u2068', '\u2069'] as const;

type Message = ReturnType<IntlMessageFormat['getAst']>;

/**
 * A message in which every value is laid out by itself. In a line that is written from right to left, a name in Latin letters
 * would otherwise draw the marks around it to the wrong side.
 */
function isolatePlaces(message: Message): Message {
  return message.flatMap((element): Message => {
    if (isSelectElement(element) || isPluralElement(element)) {
      const options = Object.entries(element.options).map(([name, one]) => [
        name,
        { ...one, value: isolatePlaces(one.value) },
      ]);
      return [{ ...element, options: Object.fromEntries(options) } as typeof element];
    }
    return isArgumentElement(element) ? [createLiteralElement(BEGIN), element, createLiteralElement(END)] : [element];
  });
}

/** A text from outside the catalogue, such as a name, as it stands beside these words. */
export function beside(text: string, { direction }: Pick<Words, 'direction'>): string {
  return direction === 'rtl' && text !== '' ? `${BEGIN}${text}${END}` : text;
}
