import { CLAIM_FIELDS } from '../content/keywords.ts';
import { CLAIM_KINDS } from '../core/article.ts';

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
  { name: CLAIM_FIELDS.numbers, key: 'numbers', label: 'Further numbers', hint: '450; 900 drones', rare: true },
  { name: CLAIM_FIELDS.date, key: 'date', label: 'Date', hint: '1991, 2025-10 or 2016/2020', rare: true },
  { name: CLAIM_FIELDS.people, key: 'people', label: 'People', hint: 'with ; between them', rare: true },
  {
    name: CLAIM_FIELDS.organisations,
    key: 'organisations',
    label: 'Organisations',
    hint: 'with ; between them',
    rare: true,
  },
  { name: CLAIM_FIELDS.places, key: 'places', label: 'Places', hint: 'with ; between them', rare: true },
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

/** What the kinds mean, as the form explains them. */
export const KIND_HINTS: Readonly<Record<string, string>> = {
  reported: 'the article states it as a fact',
  figure: 'the article states a number',
  attributed: 'the article gives it as somebody’s words',
  opinion: 'the author thinks so',
};

/** The id of a field's element, and of the line below it that holds its faults. */
export function elementOf(key: string): { readonly field: string; readonly fault: string } {
  return { field: `field-${key}`, fault: `fault-${key}` };
}
