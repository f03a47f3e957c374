/** A word or a number of a text. */
export interface Token {
  /** As written, without a possessive ending. */
  readonly text: string;
  /** In lower case and without accents, so that `Türkiye` and `turkiye` are the same. */
  readonly key: string;
  /** It begins a sentence, so that its capital says nothing. */
  readonly opens: boolean;
}

/** Numbers with their separators, and words with apostrophes; hyphens and all else stand between tokens. */
const TOKEN = /\p{N}+(?:[.,]\p{N}+)*(?:['’]s)?|[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu;

/** What stands between two sentences: two characters or more. */
const OPENING = /[.!?:][”"’)\]]*\s/;

/** What a text consists of, so that 117 is never found in `Local 1172`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(TOKEN)) {
    const word = found.replace(/['’]s?$/i, '');
    tokens.push({
      text: word,
      key: keyOf(word),
      opens: tokens.length === 0 || (index - end > 1 && OPENING.test(text.slice(end, index))),
    });
    end = index + found.length;
  }
  return tokens;
}

/** One key for all ways to write a text: its words and numbers, whatever the case, the accents and the punctuation. */
export function textKey(text: string): string {
  return tokenize(text)
    .map(({ key }) => key)
    .join(' ');
}

const PLAIN = /^[\w'-]*$/;

export function keyOf(word: string): string {
  // Most words are plain, and normalizing takes ten times as long as asking.
  return (PLAIN.test(word) ? word : word.normalize('NFKD').replace(/\p{M}/gu, '')).toLowerCase();
}

/** Whether `phrase` stands among the tokens, word by word. */
export function holds(tokens: readonly Token[], phrase: readonly Token[]): boolean {
  return indexOf(tokens, phrase) >= 0;
}

/** Where `phrase` begins among the tokens; -1 if it doesn't. */
export function indexOf(tokens: readonly Token[], phrase: readonly Token[]): number {
  if (phrase.length === 0) return -1;
  return tokens.findIndex((_, at) => phrase.every(({ key }, offset) => tokens[at + offset]?.key === key));
}
