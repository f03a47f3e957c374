import { listEntities, names } from '../content/lint/entities.ts';
import { tokenize } from '../content/lint/tokens.ts';
import type { Paragraphs } from '../content/paragraphs.ts';
import type { ArticleFile } from '../content/schema.ts';
import { parseQuantity } from '../core/quantity.ts';
import { toSlug } from '../core/slug.ts';
import { findNumbers } from '../import/find-numbers.ts';
import { findSpeakers, holdsOwnedFigures, holdsSpeech } from '../import/find-speakers.ts';
import { guessKind } from '../import/guess-kind.ts';
import { splitSentences } from '../import/split-sentences.ts';

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
  const said = surely(speakerOf(source, paragraph, sentence), record);
  const kind = said || holdsSpeech(sentence) || holdsOwnedFigures(sentence) ? 'attributed' : guessKind(sentence);
  const tokens = tokenize(sentence);
  const entities = record ? listEntities(record).filter((entity) => names(tokens, entity)) : [];
  const those = (table: object = {}) =>
    entities.flatMap(({ name }) => (Object.hasOwn(table, name) ? [name] : [])).join('; ');
  const found = findNumbers(sentence);
  // A claim's number has a unit.
  const number = found.find((one) => parseQuantity(one)) ?? '';
  const numbers = found.filter((one) => one !== number);
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

/** Words with which the names of places end, which say nothing. */
const PLACE = /\b(street|road|avenue|square|quay)$/i;

/** A speaker of whom an editor can be sure, or none: a wrong one is worse. One word alone has to be a name in the record. */
function surely(speaker: string, record: ArticleFile | undefined): string {
  if (PLACE.test(speaker)) return '';
  if (speaker.includes(' ')) return speaker;
  const known = Object.entries({ ...record?.people, ...record?.organisations, ...record?.parties });
  return known.some(([name, { also }]) => name === speaker || also.includes(speaker)) ? speaker : '';
}

/** Whoever the sentence says is speaking: a name that an earlier sentence gives in full is written in full. */
function speakerOf(source: Paragraphs, paragraph: string, sentence: string): string {
  const sentences = [...source].flatMap(([name, text]) => splitSentences(text).map((one) => ({ name, text: one })));
  const at = sentences.findIndex(
    ({ name, text }) => name === paragraph && sentence.trim() !== '' && text.includes(sentence.trim()),
  );
  const before = sentences.slice(0, at + 1).map(({ text }) => text);
  return findSpeakers(before).at(-1)?.[0] ?? '';
}

/** Words that tell nothing of what a sentence is about. */
const COMMON = new Set(
  (
    'the a an and or but of in on at to by for from with as than that this these those it its he she they them their his her our we ' +
    'is are was were be been has have had will would can could may might must should not no nor so if when while who which what ' +
    'where how there here then also only just very more most much many some any all each every other others another said says say ' +
    'told tell according about after before over under between into out off up down again still even because since until during per ' +
    'million billion thousand hundred percent cent mr mrs ms dr one two three four five six seven eight nine ten'
  ).split(' '),
);

/** A speaking id for a claim on a sentence: its first telling words. Empty if it has none. */
export function nameClaim(sentence: string): string {
  const words = (sentence.toLowerCase().match(/\p{L}{3,}/gu) ?? []).filter((word) => !COMMON.has(word));
  return toSlug([...new Set(words)].slice(0, 3).join('-'), 32);
}

/** The sentence of a paragraph that an address names: by its place, or by words that somebody selected in it. */
export function chooseSentence(text: string, place: string | undefined, selected: string | undefined): string {
  const plain = (one: string) => one.replace(/\s+/g, ' ').trim();
  if (selected && plain(text).includes(plain(selected))) return plain(selected);
  return splitSentences(text)[Number(place ?? 0)] ?? '';
}
