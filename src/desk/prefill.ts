import { listEntities, names } from '../content/lint/entities.ts';
import { tokenize } from '../content/lint/tokens.ts';
import type { Paragraphs } from '../content/paragraphs.ts';
import type { ArticleFile } from '../content/schema.ts';
import { findNumbers } from '../import/find-numbers.ts';
import { findSpeakers } from '../import/find-speakers.ts';
import { guessKind } from '../import/guess-kind.ts';

/** The sentences of a paragraph, as they are written. */
export function splitSentences(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment).filter((sentence) => sentence.trim());
}

/**
 * The fields of a claim on a sentence, by their names in the file: what can be told from the sentence, from the paragraphs
 * before it, and from whom and what the article's record names. Its text is for the editor to word.
 */
export function prefillClaim(
  source: Paragraphs,
  paragraph: string,
  sentence: string,
  record: ArticleFile | undefined,
): Readonly<Record<string, string>> {
  const said = speakerOf(source, paragraph, sentence);
  const kind = said ? 'attributed' : guessKind(sentence);
  const tokens = tokenize(sentence);
  const entities = record ? listEntities(record).filter((entity) => names(tokens, entity)) : [];
  const those = (table: object = {}) =>
    entities.flatMap(({ name }) => (Object.hasOwn(table, name) ? [name] : [])).join('; ');
  const [number = '', ...numbers] = findNumbers(sentence);
  return {
    kind,
    paragraph,
    speaker: kind === 'attributed' ? said : 'author',
    number,
    numbers: numbers.join('; '),
    people: those(record?.people),
    organisations: those(record?.organisations),
    places: those(record?.places),
  };
}

/** Whoever the sentence says is speaking: a name that an earlier sentence gives in full is written in full. */
function speakerOf(source: Paragraphs, paragraph: string, sentence: string): string {
  const sentences = [...source].flatMap(([name, text]) => splitSentences(text).map((one) => ({ name, text: one })));
  const at = sentences.findIndex(({ name, text }) => name === paragraph && text === sentence);
  const before = sentences.slice(0, at + 1).map(({ text }) => text);
  return findSpeakers(before).at(-1)?.[0] ?? '';
}
