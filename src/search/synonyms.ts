import { stem, tokens } from './words.ts';

/** Words and phrases that mean the same in an article, each by the one that stands for all. */
export type Synonyms = Readonly<Record<string, readonly string[]>>;

/**
 * Makes a function that writes a text in lower case without punctuation, with every phrase of a group replaced by the
 * one that stands for it, so that a question and a claim meet in the same words. Longer phrases win. A phrase stands for
 * its other forms too: `deliver` for `delivers` and `delivered`.
 */
export function createRewriter(synonyms: Synonyms): (text: string) => string {
  const replacements = new Map<string, string>();
  let longest = 1;
  for (const [canonical, phrases] of Object.entries(synonyms)) {
    for (const phrase of phrases) {
      const words = tokens(phrase);
      longest = Math.max(longest, words.length);
      replacements.set(words.map(stem).join(' '), tokens(canonical).join(' '));
    }
  }
  return (text) => {
    const words = tokens(text);
    const stems = words.map(stem);
    const written: string[] = [];
    for (let at = 0; at < words.length; ) {
      let taken = 1;
      let word = words[at] as string;
      for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
        const replacement = replacements.get(stems.slice(at, at + length).join(' '));
        if (replacement === undefined) continue;
        [word, taken] = [replacement, length];
        break;
      }
      written.push(word);
      at += taken;
    }
    return written.join(' ');
  };
}
