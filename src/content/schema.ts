import { z } from 'zod';
import { ARTICLE_KINDS, CLAIM_KINDS, NOTE_KINDS, type Paragraph } from '../core/article.ts';
import { DATE_PATTERN } from '../core/date.ts';
import { parseNumber, parseQuantity, QUALIFIERS } from '../core/quantity.ts';
import { MAX_SLUG } from '../core/slug.ts';
import { weightOf } from '../core/weight.ts';
import { CLAIM_FIELDS, FORMAT, NOTE_KEYWORDS } from './keywords.ts';

/**
 * Limits of texts, so that every one fits on both platforms: a command's description has 100 characters on Discord, a
 * button's label 75 on Slack, a Slack command 32 with its slash. Where text is escaped, characters of markup count twice.
 */
export const TEXT_LIMITS = Object.freeze({
  slug: MAX_SLUG,
  claimId: 40,
  title: 60,
  summary: 100,
  alias: 50,
  claim: 500,
  speaker: 100,
  quantity: 80,
  ask: 150,
  note: 500,
  articleTitle: 150,
  articleShort: 24,
  author: 80,
  publication: 300,
  disclosure: 500,
  name: 80,
  source: 200,
  url: 1000,
  anchor: 100,
  change: 200,
  notesOfClaim: 2,
  notesOfTopic: 1,
});

/** Names that are legal slash commands on Discord and on Slack. */
export const SLUG_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

function text(what: string, limit: number, remedy: string) {
  return z
    .string({ error: ({ input }) => `${what} ${input === undefined ? 'is missing' : 'is not a text'}; ${remedy}` })
    .trim()
    .min(1, `${what} is missing; ${remedy}`)
    .superRefine((value, context) => {
      const weight = weightOf(value);
      if (weight <= limit) return;
      const doubled = weight > value.length ? ' (characters of markup count twice)' : '';
      context.addIssue({
        code: 'custom',
        message: `${what} has ${weight} characters${doubled}; shorten it to ${limit}`,
      });
    });
}

function oneOf<const T extends readonly [string, ...string[]]>(what: string, values: T) {
  return z.enum(values, {
    error: ({ input }) =>
      `${what} ${input === undefined ? 'is missing' : `"${String(input)}" is unknown`}; write one of ${values.join(', ')}`,
  });
}

function unknownKeys(where: string, known: readonly string[]) {
  return {
    error: (issue: z.core.$ZodRawIssue) =>
      issue.code === 'unrecognized_keys'
        ? `${where} has no "${issue.keys.join('", "')}"; the keys are ${known.join(', ')}`
        : undefined,
  };
}

const paragraphs = z
  .string({ error: 'the claim has no paragraph; add "- paragraph: 7", or "author" for the note on the author' })
  .transform((written, context): Paragraph[] =>
    written.split(',').map((part) => {
      const name = part.trim();
      if (name === 'author') return name;
      if (/^[1-9]\d*$/.test(name)) return Number(name);
      context.addIssue({
        code: 'custom',
        message: `paragraph "${name}" is no paragraph; write a number such as 7, or author`,
      });
      return z.NEVER;
    }),
  );

const date = z.string().refine((value) => DATE_PATTERN.test(value) && isCalendarDate(value), {
  error: ({ input }) =>
    `date "${String(input)}" is no date; write it as 1991, 2025-10, 2025-10-07, 2016/2020 or --10-07`,
});

function isCalendarDate(value: string): boolean {
  const full = value.startsWith('--') ? `2000${value.slice(1)}` : value;
  return full.split('/').every((part) => {
    const [year, month = '01', day = '01'] = part.split('-');
    const time = new Date(`${year}-${month}-${day}T00:00:00Z`);
    return !Number.isNaN(time.getTime()) && time.getUTCDate() === Number(day);
  });
}

const number = text('number', TEXT_LIMITS.quantity, 'write a number and its unit').transform((written, context) => {
  const quantity = parseQuantity(written);
  if (quantity) return quantity;
  context.addIssue({
    code: 'custom',
    message: `number "${written}" is no number with a unit; write it as "24 points", "£38 million" or "over 60 % of imports" (${QUALIFIERS.join(', ')})`,
  });
  return z.NEVER;
});

/** Names with "; " between them. */
function names(what: string) {
  return z
    .string()
    .default('')
    .transform((written) => written.split(';').map((name) => name.trim()))
    .transform((list) => list.filter(Boolean))
    .pipe(z.array(text(what, TEXT_LIMITS.name, 'write a name, with "; " between several')));
}

const numbers = z
  .string()
  .default('')
  .transform((written, context) =>
    written
      .split(';')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => {
        const quantity = parseNumber(part);
        if (quantity) return quantity;
        context.addIssue({
          code: 'custom',
          message: `"${part}" isn't a valid number; write numbers as "450; 900 drones"`,
        });
        return z.NEVER;
      }),
  );

const day = (what: string) =>
  z.string().refine((value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDate(value), {
    error: ({ input }) => `${what} "${String(input)}" isn't a valid day; write it as 2027-06-01`,
  });

/** A day, and after a semicolon what happened. */
const change = (what: string) =>
  z.string().transform((written, context) => {
    const [, date, reason] = /^(\d{4}-\d{2}-\d{2});\s*(.+)$/s.exec(written) ?? [];
    if (date && reason && isCalendarDate(date) && weightOf(reason) <= TEXT_LIMITS.change) return { date, what: reason };
    context.addIssue({
      code: 'custom',
      message: `"${written.slice(0, 60)}" isn't a valid ${what} line; write a day, a semicolon and at most ${TEXT_LIMITS.change} characters, as in "2026-11-25; the year was wrong"`,
    });
    return z.NEVER;
  });

const reviewKeys = {
  reviewBy: day('review by').optional(),
  owner: text('owner', TEXT_LIMITS.name, 'write who looks after it, or remove the line').optional(),
};

const claimKeys = {
  text: text('the claim', TEXT_LIMITS.claim, 'begin the list item with it, in your own words'),
  id: text('id', TEXT_LIMITS.claimId, 'add "- id: four-drones", a name for the claim that never changes').regex(
    SLUG_PATTERN,
    { error: ({ input }) => `id "${String(input)}" isn't valid; use lower-case letters, digits and hyphens` },
  ),
  kind: oneOf('kind', CLAIM_KINDS),
  paragraph: paragraphs,
  speaker: text('speaker', TEXT_LIMITS.speaker, 'add "- speaker: author" or the name of who says it'),
  date: date.optional(),
  number: number.optional(),
  numbers,
  people: names('people'),
  organisations: names('organisations'),
  places: names('places'),
  ...reviewKeys,
  corrected: change('corrected').optional(),
  withdrawn: change('withdrawn').optional(),
  notes: z
    .array(z.string())
    .max(
      TEXT_LIMITS.notesOfClaim,
      `the claim refers to more than ${TEXT_LIMITS.notesOfClaim} notes; join some of them`,
    ),
};

const url = z
  .url({
    protocol: /^https?$/,
    error: ({ input }) => `"${String(input)}" isn't a valid address; write one that begins with https://`,
  })
  .max(TEXT_LIMITS.url, `the address is longer than ${TEXT_LIMITS.url} characters; give a shorter one`);

const noteKeys = {
  kind: z.enum(NOTE_KINDS, {
    error: `the note does not say what it is; begin it with ${Object.values(NOTE_KEYWORDS)
      .map((label) => `**${label}.**`)
      .join(', ')}`,
  }),
  text: text('the note', TEXT_LIMITS.note, 'write what a reader should know'),
  source: text('source', TEXT_LIMITS.source, 'name who says it, or remove the line').optional(),
  url: url.optional(),
  asOf: day('as of').optional(),
  ...reviewKeys,
};

const definitions = z.record(
  z.string(),
  z.strictObject(noteKeys, unknownKeys('a note', ['source', 'url', 'as of', 'review by', 'owner'])),
);

/** A notes.md as parsed: notes that several topics share, by their labels. */
export const notesSchema = z.object({ definitions });
export type NotesFile = z.infer<typeof notesSchema>;

const question = text('the question', TEXT_LIMITS.ask, 'write one, or remove the line');
const questions = (what: string) =>
  z.array(question, { error: `${what} isn't a list; write each question after a hyphen` });

const wordingsKeys = {
  asks: z
    .record(z.string(), questions('the entry'), {
      error: 'asks has no claims; write "claim-id:" below it, and its questions after hyphens',
    })
    .default({}),
  open: questions('open').default([]),
};

/** A wordings file as parsed: how people ask for a topic's claims, and what they ask that the article leaves open. */
export const wordingsSchema = z.strictObject(wordingsKeys, unknownKeys('a wordings file', Object.keys(wordingsKeys)));
export type WordingsFile = z.infer<typeof wordingsSchema>;

/** Discord's rule for names in other languages, https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming */
const LOCAL_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;

const localTextKeys = {
  name: z
    .string()
    .refine((name) => LOCAL_NAME.test(name) && name === name.toLowerCase(), {
      error: ({ input }) =>
        `name "${String(input)}" is no command's name; write one lower-case word, at most 32 characters`,
    })
    .optional(),
  description: text('description', TEXT_LIMITS.summary, 'write one sentence, or remove it').optional(),
};

const draft = z
  .boolean('draft is neither true nor false; write "draft: true" where nothing is to be answered from it yet')
  .default(false);

/** A topic file as parsed. */
export const topicSchema = z.strictObject(
  {
    title: text('the title', TEXT_LIMITS.title, 'begin the page with "# Title"'),
    summary: text('the summary', TEXT_LIMITS.summary, 'write one sentence below the title; it describes the command'),
    aliases: z
      .array(text('the alias', TEXT_LIMITS.alias, 'remove it or write a name'), {
        error: 'aliases is not a list; write it as [first name, second name]',
      })
      .default([]),
    locales: z
      .record(
        z.string().regex(/^[a-z]{2}(-[A-Z]{2}|-419)?$/),
        z.strictObject(localTextKeys, unknownKeys('a locale', Object.keys(localTextKeys))),
        {
          error: ({ code }) =>
            code === 'invalid_key'
              ? 'the locale is unknown; write a language such as de or pt-BR'
              : 'locales is no list of languages; write "de: { name: …, description: … }" below it',
        },
      )
      .default({}),
    draft,
    claims: z
      .array(z.strictObject(claimKeys, unknownKeys('a claim', Object.values(CLAIM_FIELDS))), {
        error: 'there is no list of claims; add "## Claims" and a list below it',
      })
      .min(1, 'the topic has no claim; add a list item below "## Claims"'),
    notes: z
      .array(z.string())
      .max(TEXT_LIMITS.notesOfTopic, `the summary refers to more than ${TEXT_LIMITS.notesOfTopic} note; join them`),
    related: z.array(z.string()),
    definitions,
  },
  unknownKeys('the header', ['aliases', 'locales', 'draft']),
);
export type TopicFile = z.infer<typeof topicSchema>;

const list = (what: string) =>
  z
    .array(text(what, TEXT_LIMITS.name, 'write a name, or remove it'), {
      error: `${what} isn't a list; write it as [one, another]`,
    })
    .default([]);

/** A table whose values may be left empty. */
function table<T extends z.ZodType>(what: string, example: string, entry: T) {
  return z
    .record(
      text(what, TEXT_LIMITS.name, 'write a name'),
      z.preprocess((value) => value ?? {}, entry),
      { error: `${what} isn't a table; write "${example}" below it` },
    )
    .default({});
}

const namedKeys = { also: list('also'), groups: list('groups') };
const personKeys = { role: text('role', TEXT_LIMITS.speaker, 'write one, or remove it').optional(), ...namedKeys };
const partyKeys = { adjectives: list('adjectives'), also: list('also'), people: list('people') };
const named = z.strictObject(namedKeys, unknownKeys('a name', Object.keys(namedKeys)));

const articleKeys = {
  format: z.literal(FORMAT, { error: ({ input }) => `format ${String(input)} is unknown; write "format: ${FORMAT}"` }),
  draft,
  short: text('short', TEXT_LIMITS.articleShort, 'write a word or two that tells it from other articles')
    .refine((value) => !value.includes(','), 'short has a comma, which stands between articles; take it out')
    .optional(),
  title: text('title', TEXT_LIMITS.articleTitle, 'add "title:" with the article’s title'),
  author: text('author', TEXT_LIMITS.author, 'add "author:" with who wrote the article'),
  kind: oneOf('kind', ARTICLE_KINDS),
  paragraphs: z
    .int('paragraphs is no whole number; write how many the article has')
    .min(1, 'paragraphs is below 1; write how many the article has'),
  authorNote: z.boolean('authorNote is neither true nor false').default(false),
  publication: z
    .array(text('the line', TEXT_LIMITS.publication, 'write a fact of its publication, or remove it'), {
      error: 'publication is no list; write each fact after a hyphen, what is not known too',
    })
    .min(1, 'publication is empty; say where and when it appeared, or that it is not known'),
  synonyms: z
    .record(
      z.string(),
      z.array(text('the synonym', TEXT_LIMITS.alias, 'write a word or phrase, or remove it'), {
        error: 'the synonyms are no list; write them as "word: [other, another]"',
      }),
      { error: 'synonyms is no table; write "word: [other, another]" below it' },
    )
    .default({}),
  disclosure: text('disclosure', TEXT_LIMITS.disclosure, 'say what sort of text this is and what it leaves out'),
  url: url.optional(),
  publisher: text('publisher', TEXT_LIMITS.name, 'write who published it, or remove the line').optional(),
  published: z.preprocess((value) => (typeof value === 'number' ? String(value) : value), date).optional(),
  retrieved: day('retrieved').optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/, "language isn't valid; write one such as en or pt-BR")
    .default('en'),
  licence: text('licence', TEXT_LIMITS.source, 'write under which terms it may be used, or remove the line').optional(),
  textFragments: z.boolean('textFragments is neither true nor false').default(false),
  anchors: z
    .record(
      z.string(),
      text('the anchor', TEXT_LIMITS.anchor, 'write an element’s id, or the paragraph’s first words'),
      {
        error: 'anchors isn\'t a table; write "1: first words of paragraph 1" below it',
      },
    )
    .default({}),
  parties: table(
    'parties',
    'Azerbaijan: { adjectives: [Azerbaijani] }',
    z.strictObject(partyKeys, unknownKeys('a party', Object.keys(partyKeys))),
  ),
  people: table(
    'people',
    'Ada Example: { role: mayor }',
    z.strictObject(personKeys, unknownKeys('a person', Object.keys(personKeys))),
  ),
  organisations: table('organisations', 'Port Authority: { also: [PA] }', named),
  places: table('places', 'Baku: { groups: [cities] }', named),
  loaded: list('loaded'),
};

/** An article.yaml as parsed. */
export const articleSchema = z.strictObject(articleKeys, unknownKeys('article.yaml', Object.keys(articleKeys)));
export type ArticleFile = z.infer<typeof articleSchema>;
