import type { Article } from '../../core/article.ts';
import type { Asked } from '../decide/features.ts';
import type { Indexed, Readers } from '../passages.ts';
import { listActors } from '../roles/actors.ts';
import { readRoles } from '../roles/read-roles.ts';
import type { Vocabulary } from '../vocabulary.ts';
import { contentStems, stem, tokens } from '../words.ts';
import { readSpeaker } from './saying.ts';
import { asksForOthers, isBare, readFocus, readForm, readWant } from './want.ts';

/** Puts a question into the words of an article's content: typing errors mended, synonyms replaced. */
export function readQuestion(text: string, article: Article, vocabulary: Vocabulary, readers: Readers): Asked {
  const { rewrite, findActors, findNamed } = readers;
  const read = rewrite(vocabulary.correct(rewrite(text, article)), article);
  const focus = readFocus(text);
  const speaker = readSpeaker(text);
  return {
    text: read,
    stems: contentStems(read),
    want: readWant(text),
    others: asksForOthers(text),
    bare: isBare(text),
    roles: readRoles(text, findActors),
    speakers: new Set(speaker ? listActors(speaker, findActors) : []),
    named: findNamed(text),
    words: tokens(read).map(stem),
    form: readForm(text),
    focus: focus && stem(focus),
    numbers: tokens(read).filter((word) => /^\d/.test(word)),
  };
}

/** The words that a library's search knows. */
export function vocabularyTexts({ passages }: Pick<Indexed, 'passages'>): string[][] {
  return passages.map(({ topic, claim, sentences }) => [
    ...sentences.map(({ text }) => text),
    topic.title,
    ...topic.aliases,
    claim.speaker,
  ]);
}
