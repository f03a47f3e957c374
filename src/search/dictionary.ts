import { readFileSync } from 'node:fs';
import path from 'word-list';

/** All words of English, one a line; a search in the text takes less memory than a set of its words. */
let words: string | undefined;

/** Whether English has a word, given in lower case. */
export function isEnglish(word: string): boolean {
  words ??= `\n${readFileSync(path, 'utf8')}\n`;
  return words.includes(`\n${word}\n`);
}
