import { tokens } from '../search/words.ts';

const MAX_WORDS = 30;
/** Characters of a question that are kept: no wording is longer. */
const MAX_LENGTH = 200;

/** What is kept of a rated question: its words, in lower case, without what could identify a person. */
export function anonymize(text: string): string {
  return tokens(withoutPersons(text)).slice(0, MAX_WORDS).join(' ');
}

/**
 * What is kept of a question without an answer: as it was written, without what could identify a person. Empty if no word is
 * left.
 */
export function tidyQuestion(text: string): string {
  const kept = withoutPersons(text).split(/\s+/).filter(isWord).slice(0, MAX_WORDS).join(' ');
  return tokens(kept).length > 0 ? kept.slice(0, MAX_LENGTH).toWellFormed() : '';
}

/** What is left of a number isn't a word. */
function isWord(part: string): boolean {
  return /[\p{L}\p{N}]/u.test(part);
}

/** A text without addresses, mentions and long numbers. */
function withoutPersons(text: string): string {
  return text
    .split(/\s/)
    .filter((word) => !/@|:\/\//.test(word))
    .join(' ')
    .replace(/\d[\d\s().-]{4,}\d/g, ' ');
}
