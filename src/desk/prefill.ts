import { listEntities, names } from '../content/lint/entities.ts';
import { tokenize } from '../content/lint/tokens.ts';
import type { ArticleFile } from '../content/schema.ts';
import { guessKind } from '../import/compose-draft.ts';

/** The sentences of a paragraph, as they are written. */
export function splitSentences(text: string): string[] {
  const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' });
  return [...segmenter.segment(text)].map(({ segment }) => segment).filter((sentence) => sentence.trim());
}

/**
 * The fields of a claim on a sentence of a paragraph, by their names in the file: what can be told from the sentence and from
 * whom and what the article's record names. Its text is for the editor to word.
 */
export function prefillClaim(
  paragraph: string,
  sentence: string,
  record: ArticleFile | undefined,
): Readonly<Record<string, string>> {
  const kind = guessKind(sentence);
  const tokens = tokenize(sentence);
  const named = record
    ? listEntities(record)
        .filter((entity) => names(tokens, entity))
        .map(({ name }) => name)
    : [];
  const those = (table: object = {}) => named.filter((name) => Object.hasOwn(table, name)).join('; ');
  const people = those(record?.people);
  return {
    kind,
    paragraph,
    speaker: kind === 'attributed' ? (people.split('; ')[0] ?? '') : 'author',
    people,
    organisations: those(record?.organisations),
    places: those(record?.places),
  };
}
