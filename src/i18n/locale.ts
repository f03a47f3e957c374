/** The languages of the bot's own words, by their BCP 47 tags. The first is the one that every reader gets who asks for none of them. */
export const LOCALES = ['en', 'tr', 'ru', 'he', 'az'] as const;
export type Locale = (typeof LOCALES)[number];

/** Subtags by which a language also goes, https://www.iana.org/assignments/language-subtag-registry */
const ALSO: Readonly<Record<string, Locale>> = { iw: 'he', azb: 'az', azj: 'az' };

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set<Locale>(['he']);

/** The first of these languages that the bot speaks, whatever their regions: `tr-TR` and `tr_TR.UTF-8` are Turkish. */
export function findLocale(tags: readonly (string | null | undefined)[]): Locale | undefined {
  for (const tag of tags) {
    const [language = ''] = tag?.toLowerCase().split(/[-_.@]/, 1) ?? [];
    const found = LOCALES.find((locale) => locale === (ALSO[language] ?? language));
    if (found) return found;
  }
  return undefined;
}

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr';
}
