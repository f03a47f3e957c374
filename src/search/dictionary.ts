import { readFileSync } from 'node:fs';
import path from 'word-list';

/** All words of English, one a line in order; searching the text takes less memory than a set of its words. */
let text: string | undefined;

/** Whether English has a word, given in lower case. */
export function isEnglish(word: string): boolean {
  text ??= readFileSync(path, 'latin1');
  let [low, high] = [0, text.length];
  while (low < high) {
    const start = text.lastIndexOf('\n', Math.floor((low + high) / 2) - 1) + 1;
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const found = text.slice(start, end);
    if (found === word) return true;
    if (found < word) low = end + 1;
    else high = start;
  }
  return false;
}
