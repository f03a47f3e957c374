import type { NoteKind } from '../core/article.ts';

/** What a note begins with, in bold. The labels that readers see are separate, and can be reworded freely. */
export const NOTE_KEYWORDS: Readonly<Record<NoteKind, string>> = Object.freeze({
  contested: 'Contested',
  outdated: 'Out of date',
  framing: 'One side’s framing',
  context: 'Context',
});

/** Headings of a topic's parts. */
export const SECTIONS = Object.freeze({ claims: 'Claims', related: 'See also' });

/** The fields below a claim as the file writes them, by the name that the program uses. */
export const CLAIM_FIELDS = Object.freeze({
  id: 'id',
  kind: 'kind',
  paragraph: 'paragraph',
  speaker: 'speaker',
  number: 'number',
  numbers: 'numbers',
  date: 'date',
  people: 'people',
  organisations: 'organisations',
  places: 'places',
  reviewBy: 'review by',
  owner: 'owner',
  corrected: 'corrected',
  withdrawn: 'withdrawn',
});

/** The fields below a note. */
export const NOTE_FIELDS = Object.freeze({
  source: 'source',
  url: 'url',
  asOf: 'as of',
  reviewBy: 'review by',
  owner: 'owner',
});

/** What format 1 kept in the page and format 2 keeps in wordings. */
export const OLD_FORMAT = Object.freeze({ section: 'not in the article', field: 'asks' });
