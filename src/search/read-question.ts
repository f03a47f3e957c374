import type { Indexed } from './passages.ts';
import type { Asked } from './score.ts';
import type { Vocabulary } from './vocabulary.ts';
import { asksForOthers, readWant } from './want.ts';
import { contentStems } from './words.ts';

/** Puts a question into the content's own words: typing errors mended, synonyms replaced. */
export function readQuestion(text: string, vocabulary: Vocabulary, rewrite: (text: string) => string): Asked {
  const read = rewrite(vocabulary.correct(rewrite(text)));
  return { text: read, stems: contentStems(read), want: readWant(text), others: asksForOthers(text) };
}

/** The words that a library's search knows. */
export function vocabularyTexts({ passages }: Indexed): string[][] {
  return passages.map(({ topic, claim, sentences }) => [
    ...sentences.map(({ text }) => text),
    topic.title,
    ...topic.aliases,
    claim.speaker,
  ]);
}
