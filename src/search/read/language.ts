import { tokens } from '../words.ts';

/** Words below which a guess at a language is worth nothing. */
const MIN_WORDS = 3;
/** Share of words that English does not have, from which a text is taken for another language. */
const MIN_FOREIGN = 0.4;

/**
 * Whether a text is written in another language than English: in another script, or in words that English does not
 * have. `isWord` says whether a word is English or the content's own.
 */
export async function isForeign(text: string, isWord: (word: string) => boolean): Promise<boolean> {
  const letters = text.match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter));
  if (latin.length < letters.length / 2) return true;
  const words = tokens(text).filter((word) => /\p{L}/u.test(word));
  if (words.length < MIN_WORDS) return false;
  const unknown = words.filter((word) => !isWord(word));
  if (unknown.length < MIN_FOREIGN * words.length) return false;
  // Loading what it knows of 60 languages takes a quarter of a second, and few questions get here.
  const { eld } = await import('eld/small');
  const { language, isReliable } = eld.detect(text);
  return language !== 'en' && isReliable();
}
