import { CLAIM_FIELDS } from '../content/keywords.ts';
import { CLAIM_KINDS } from '../core/article.ts';
import { english } from '../i18n/words.ts';

/** A field of the form for a claim. */
export interface ClaimField {
  /** As the file has it. */
  readonly name: string;
  /** As the program, and so a fault's place, has it. */
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly choices?: readonly string[];
  /** Among those that most claims leave empty. */
  readonly rare?: boolean;
}

/** All fields but the id, which never changes once it is written. */
export const FIELDS: readonly ClaimField[] = [
  { name: CLAIM_FIELDS.kind, key: 'kind', label: 'Kind', choices: CLAIM_KINDS },
  { name: CLAIM_FIELDS.paragraph, key: 'paragraph', label: 'Paragraph', hint: '7, several as 7, 9, or author' },
  {
    name: CLAIM_FIELDS.speaker,
    key: 'speaker',
    label: 'Speaker',
    hint: 'who says it; author for the article’s author',
  },
  { name: CLAIM_FIELDS.number, key: 'number', label: 'Number', hint: 'over 60 % of oil imports', rare: true },
  {
    name: CLAIM_FIELDS.numbers,
    key: 'numbers',
    label: 'Further numbers',
    hint: 'in digits: 450; 900 drones',
    rare: true,
  },
  {
    name: CLAIM_FIELDS.date,
    key: 'date',
    label: 'Date',
    hint: '2025-10, 2016/2020; 9 December of no year: --12-09',
    rare: true,
  },
  { name: CLAIM_FIELDS.people, key: 'people', label: 'People', hint: 'separate with ;', rare: true },
  {
    name: CLAIM_FIELDS.organisations,
    key: 'organisations',
    label: 'Organisations',
    hint: 'separate with ;',
    rare: true,
  },
  { name: CLAIM_FIELDS.places, key: 'places', label: 'Places', hint: 'separate with ;', rare: true },
  { name: CLAIM_FIELDS.reviewBy, key: 'reviewBy', label: 'Review by', hint: 'a day, such as 2027-06-01', rare: true },
  { name: CLAIM_FIELDS.owner, key: 'owner', label: 'Who looks after it', rare: true },
];

/** What an editor has written into the form. */
export interface ClaimDraft {
  readonly id: string;
  readonly isNew: boolean;
  /** A better id for a claim that nobody has worded yet. */
  readonly nextId?: string | undefined;
  readonly text: string;
  /** By the names that the file has. */
  readonly fields: Readonly<Record<string, string>>;
  /** Labels of notes. */
  readonly notes: readonly string[];
  readonly asks: readonly string[];
}

/** What the kinds mean, in the words that readers get. */
export const KIND_HINTS: Readonly<Record<string, string>> = Object.fromEntries(
  CLAIM_KINDS.map((kind) => [kind, english(`label.${kind}`).replace(/\.$/, '')]),
);

/** The id of a field's element, and of the line below it that holds its faults. */
export function elementOf(key: string): { readonly field: string; readonly fault: string } {
  return { field: `field-${key}`, fault: `fault-${key}` };
}
