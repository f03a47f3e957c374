import { z } from 'zod';
import { ARTICLE_KINDS, CLAIM_KINDS, NOTE_KINDS } from '../core/article.ts';
import { FORMAT } from './draft.ts';
import {
  address,
  change,
  date,
  day,
  flag,
  language,
  list,
  nameList,
  names,
  numbers,
  oneOf,
  paragraphs,
  quantity,
  record,
  SLUG_PATTERN,
  table,
  text,
} from './fields.ts';
import { CLAIM_FIELDS, NOTE_FIELDS, NOTE_KEYWORDS } from './keywords.ts';
import { TEXT_LIMITS } from './limits.ts';
import { tell } from './source.ts';

const review = {
  reviewBy: day('review by').optional(),
  owner: text('owner', TEXT_LIMITS.name, 'write who looks after it, or remove the line').optional(),
};

const claimSchema = record(
  'a claim',
  {
    text: text('the claim', TEXT_LIMITS.claim, 'begin the list item with it, in your own words'),
    id: text('id', TEXT_LIMITS.claimId, 'add "- id: four-drones", a name for the claim that never changes').regex(
      SLUG_PATTERN,
      { error: ({ input }) => tell('value-wrong', 'id', String(input), 'use lower-case letters, digits and hyphens') },
    ),
    kind: oneOf('kind', CLAIM_KINDS),
    paragraph: paragraphs,
    speaker: text('speaker', TEXT_LIMITS.speaker, 'add "- speaker: author" or the name of who says it'),
    date: date.optional(),
    number: quantity.optional(),
    numbers,
    people: names('people'),
    organisations: names('organisations'),
    places: names('places'),
    ...review,
    corrected: change('corrected').optional(),
    withdrawn: change('withdrawn').optional(),
    /** Codes of lint that the editor has looked at and found right here. */
    allowed: z.array(z.string()).default([]),
    notes: z
      .array(z.string())
      .max(TEXT_LIMITS.notesOfClaim, tell('too-many-notes', 'the claim', TEXT_LIMITS.notesOfClaim)),
  },
  Object.values(CLAIM_FIELDS),
);

const noteSchema = record(
  'a note',
  {
    kind: z.enum(
      NOTE_KINDS,
      tell(
        'note-kind',
        Object.values(NOTE_KEYWORDS)
          .map((keyword) => `**${keyword}.**`)
          .join(', '),
      ),
    ),
    text: text('the note', TEXT_LIMITS.note, 'write what a reader should know'),
    source: text('source', TEXT_LIMITS.source, 'name who says it, or remove the line').optional(),
    url: address.optional(),
    asOf: day('as of').optional(),
    ...review,
  },
  Object.values(NOTE_FIELDS),
);

const definitions = z.record(z.string(), noteSchema);

/** A notes.md as parsed: notes that several topics share, by their labels. */
export const notesSchema = z.object({ definitions });
export type NotesFile = z.infer<typeof notesSchema>;

/** Discord's rule for names in other languages, https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const LOCAL_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const localText = record('a locale', {
  name: z
    .string()
    .refine((name) => LOCAL_NAME.test(name) && name === name.toLowerCase(), {
      error: ({ input }) =>
        tell('value-wrong', 'name', String(input), 'write one lower-case word of at most 32 characters'),
    })
    .optional(),
  description: text('description', TEXT_LIMITS.summary, 'write one sentence, or remove it').optional(),
});

const locales = z
  .record(z.string().regex(/^[a-z]{2}(-[A-Z]{2}|-419)?$/), localText, {
    error: ({ code }) =>
      code === 'invalid_key'
        ? tell('locale-unknown')
        : tell('not-a-table', 'locales', 'write "de: { name: …, description: … }" below it'),
  })
  .default({});

/** A topic's page as parsed. */
export const topicSchema = record(
  'the header',
  {
    title: text('the title', TEXT_LIMITS.title, 'begin the page with "# Title"'),
    summary: text('the summary', TEXT_LIMITS.summary, 'write one sentence below the title; it describes the command'),
    aliases: list(
      'aliases',
      text('the alias', TEXT_LIMITS.alias, 'remove it or write a name'),
      'write it as [first name, second name]',
    ).default([]),
    locales,
    draft: flag('draft'),
    claims: z.array(claimSchema, tell('no-claims')).min(1, tell('claims-empty')),
    notes: z
      .array(z.string())
      .max(TEXT_LIMITS.notesOfTopic, tell('too-many-notes', 'the summary', TEXT_LIMITS.notesOfTopic)),
    related: z.array(z.string()),
    definitions,
  },
  ['aliases', 'locales', 'draft'],
);
export type TopicFile = z.infer<typeof topicSchema>;

const questions = (what: string) =>
  list(
    what,
    text('the question', TEXT_LIMITS.ask, 'write one, or remove the line'),
    'write each question below it, after a hyphen',
  );

/** A wordings file as parsed: how people ask for a topic's claims, and what they ask that the article leaves open. */
export const wordingsSchema = record('a wordings file', {
  asks: z
    .record(
      z.string(),
      questions('the entry'),
      tell('not-a-table', 'asks', 'write each claim’s id and a colon below it'),
    )
    .default({}),
  open: questions('open').default([]),
});
export type WordingsFile = z.infer<typeof wordingsSchema>;

const translated = (what: string, limit: number) =>
  text(what, limit, 'write it in that language, or remove the line').optional();

/** A file of translations as parsed: what people read of a topic, by language. */
export const translationsSchema = z.record(
  z.string(),
  record('a language', {
    title: translated('title', TEXT_LIMITS.title),
    summary: translated('summary', TEXT_LIMITS.summary),
    claims: z
      .record(
        z.string(),
        text('the claim', TEXT_LIMITS.claim, 'write it in that language, or remove the line'),
        tell('not-a-table', 'claims', 'write each claim’s id, a colon and its translation below it'),
      )
      .default({}),
    notes: z
      .record(
        z.string(),
        text('the note', TEXT_LIMITS.note, 'write it in that language, or remove the line'),
        tell('not-a-table', 'notes', 'write each note’s label, a colon and its translation below it'),
      )
      .default({}),
  }),
  tell('not-a-table', 'the file', 'write a language such as "tr:" and its texts below it'),
);
export type TranslationsFile = z.infer<typeof translationsSchema>;

const named = { also: nameList('also'), groups: nameList('groups') };
const role = text('role', TEXT_LIMITS.speaker, 'write one, or remove it').optional();

/** An article.yaml as parsed. */
export const articleSchema = record('article.yaml', {
  format: z.literal(FORMAT, tell('format-unknown', FORMAT)),
  draft: flag('draft'),
  short: text('short', TEXT_LIMITS.articleShort, 'write a word or two that tells it from other articles')
    .refine((value) => !value.includes(','), tell('short-comma'))
    .optional(),
  title: text('title', TEXT_LIMITS.articleTitle, 'add "title:" with the article’s title'),
  author: text('author', TEXT_LIMITS.author, 'add "author:" with who wrote the article'),
  kind: oneOf('kind', ARTICLE_KINDS),
  genre: text('genre', TEXT_LIMITS.genre, 'say in a few words what it is, or remove the line').optional(),
  paragraphs: z.int(tell('paragraphs-wrong')).min(1, tell('paragraphs-wrong')).max(10_000, tell('paragraphs-wrong')),
  authorNote: flag('authorNote'),
  url: address.optional(),
  publisher: text('publisher', TEXT_LIMITS.name, 'write who published it, or remove the line').optional(),
  published: date.optional(),
  retrieved: day('retrieved').optional(),
  language: language.default('en'),
  licence: text(
    'licence',
    TEXT_LIMITS.source,
    'write the terms on which it may be used, or remove the line',
  ).optional(),
  textFragments: flag('textFragments'),
  anchors: z
    .record(
      z.string(),
      text('the anchor', TEXT_LIMITS.anchor, 'write an element’s id, or the first words of the paragraph'),
      tell('not-a-table', 'anchors', 'write "1: first words of paragraph 1" below it'),
    )
    .default({}),
  publication: list(
    'publication',
    text('the line', TEXT_LIMITS.publication, 'write a fact of its publication, or remove it'),
    'write each fact after a hyphen, including what is not known',
  ).min(1, tell('publication-empty')),
  disclosure: text('disclosure', TEXT_LIMITS.disclosure, 'say what sort of text this is and what it leaves out'),
  parties: table(
    'parties',
    'Azerbaijan: { adjectives: [Azerbaijani] }',
    record('a party', { adjectives: nameList('adjectives'), also: nameList('also'), people: nameList('people') }),
  ),
  people: table('people', 'Ada Example: { role: mayor }', record('a person', { role, ...named })),
  organisations: table('organisations', 'Port Authority: { also: [PA] }', record('an organisation', named)),
  places: table('places', 'Baku: { groups: [cities] }', record('a place', named)),
  loaded: nameList('loaded'),
  synonyms: z
    .record(
      z.string(),
      list(
        'the entry',
        text('the synonym', TEXT_LIMITS.alias, 'write a word or phrase, or remove it'),
        'write it as "word: [other, another]"',
      ),
      tell('not-a-table', 'synonyms', 'write "word: [other, another]" below it'),
    )
    .default({}),
});
export type ArticleFile = z.infer<typeof articleSchema>;
