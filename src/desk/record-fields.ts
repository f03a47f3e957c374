import { isDeepStrictEqual } from 'node:util';
import { TEXT_LIMITS } from '../content/limits.ts';
import { ARTICLE_KINDS } from '../core/article.ts';
import { EditError } from './edit/edit-error.ts';
import { listLines, type SentForm } from './form.ts';

/** A column of a table in the record's form. */
export interface RecordColumn {
  readonly key: string;
  readonly label: string;
  /** Several, with "; " between them. */
  readonly isList?: boolean;
}

/** A field of the form for an article's record. */
export interface RecordField {
  /** As article.yaml has it. */
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  readonly shape: 'line' | 'text' | 'choice' | 'number' | 'flag' | 'lines' | 'table';
  readonly limit?: number;
  readonly choices?: readonly string[];
  /** Of a table: what its entries are called, and what each holds: a table, a list or a text. */
  readonly name?: string;
  readonly columns?: readonly RecordColumn[];
  readonly entry?: 'table' | 'list' | 'text';
}

export interface RecordSection {
  readonly title: string;
  readonly fields: readonly RecordField[];
  /** Most editors leave it alone. */
  readonly rare?: boolean;
}

const ALSO: RecordColumn = { key: 'also', label: 'Also called', isList: true };
const GROUPS: RecordColumn = { key: 'groups', label: 'Groups it belongs to', isList: true };

/** Everything that article.yaml holds, but its format and whether it is a draft, in the order of the form. */
export const RECORD_PARTS: readonly RecordSection[] = [
  {
    title: 'What readers are told of it',
    fields: [
      { key: 'title', label: 'Title', shape: 'line', limit: TEXT_LIMITS.articleTitle },
      {
        key: 'short',
        label: 'Short name',
        hint: 'a word or two that tells it from other articles',
        shape: 'line',
        limit: TEXT_LIMITS.articleShort,
      },
      { key: 'author', label: 'Author', shape: 'line', limit: TEXT_LIMITS.author },
      { key: 'kind', label: 'Kind', hint: 'what sort of article it is', shape: 'choice', choices: ARTICLE_KINDS },
      {
        key: 'genre',
        label: 'Genre',
        hint: 'what it is in a few words, with “a” or “an”: a guest essay',
        shape: 'line',
        limit: TEXT_LIMITS.genre,
      },
      {
        key: 'disclosure',
        label: 'Disclosure',
        hint: 'what sort of text this is, what it leaves out, and that the bot does not vouch for it',
        shape: 'text',
        limit: TEXT_LIMITS.disclosure,
      },
    ],
  },
  {
    title: 'Where it appeared',
    fields: [
      { key: 'publisher', label: 'Publisher', shape: 'line', limit: TEXT_LIMITS.name },
      {
        key: 'published',
        label: 'Date',
        hint: 'when it appeared: 2026-11-19, 2026-11 or 2026',
        shape: 'line',
        limit: 40,
      },
      { key: 'url', label: 'Address', hint: 'https://…', shape: 'line', limit: TEXT_LIMITS.url },
      { key: 'retrieved', label: 'Last read', hint: 'a day, such as 2026-11-20', shape: 'line', limit: 40 },
      { key: 'language', label: 'Language', hint: 'a code, such as en', shape: 'line', limit: 40 },
      {
        key: 'licence',
        label: 'Licence',
        hint: 'on which terms it may be used',
        shape: 'line',
        limit: TEXT_LIMITS.source,
      },
      {
        key: 'publication',
        label: 'About its publication, one fact a line',
        hint: 'also what nobody knows',
        shape: 'lines',
      },
    ],
  },
  {
    title: 'Whom and what it names',
    fields: [
      {
        key: 'people',
        label: 'People',
        hint: 'so that “the mayor” is found under her name',
        shape: 'table',
        name: 'Name',
        entry: 'table',
        columns: [{ key: 'role', label: 'Role' }, ALSO, GROUPS],
      },
      {
        key: 'organisations',
        label: 'Organisations',
        shape: 'table',
        name: 'Name',
        entry: 'table',
        columns: [ALSO, GROUPS],
      },
      { key: 'places', label: 'Places', shape: 'table', name: 'Name', entry: 'table', columns: [ALSO, GROUPS] },
      {
        key: 'parties',
        label: 'Parties',
        hint: 'sides that a question may confuse: “the builder sued the city” is not “the city sued the builder”',
        shape: 'table',
        name: 'Party',
        entry: 'table',
        columns: [
          { key: 'adjectives', label: 'Adjectives', isList: true },
          ALSO,
          { key: 'people', label: 'Its people', isList: true },
        ],
      },
      {
        key: 'synonyms',
        label: 'Synonyms',
        hint: 'other words by which people ask for the same',
        shape: 'table',
        name: 'Word',
        entry: 'list',
        columns: [{ key: 'words', label: 'Others', isList: true }],
      },
      {
        key: 'loaded',
        label: 'Loaded words, one a line',
        hint: 'they may stand only as somebody’s, attributed',
        shape: 'lines',
      },
    ],
  },
  {
    title: 'Paragraphs and links to them',
    rare: true,
    fields: [
      { key: 'paragraphs', label: 'Number of paragraphs', shape: 'number' },
      { key: 'authorNote', label: 'The article has a note on its author', shape: 'flag' },
      { key: 'textFragments', label: 'Link to the first words of a paragraph', shape: 'flag' },
      {
        key: 'anchors',
        label: 'Where each paragraph begins',
        hint: 'an element’s id, or its first words',
        shape: 'table',
        name: 'Paragraph',
        entry: 'text',
        columns: [{ key: 'anchor', label: 'Id or first words' }],
      },
    ],
  },
];

export const RECORD_FIELDS: readonly RecordField[] = RECORD_PARTS.flatMap(({ fields }) => fields);

/** The keys of article.yaml in the order in which a new one is written. */
export const RECORD_ORDER: readonly string[] = [
  ...['short', 'title', 'author', 'kind', 'genre', 'paragraphs', 'authorNote', 'url', 'publisher', 'published'],
  ...['retrieved', 'language', 'licence', 'textFragments', 'anchors', 'publication', 'disclosure', 'parties'],
  ...['people', 'organisations', 'places', 'loaded', 'synonyms'],
];

/** A row of a table: its name, and a text for each column. */
export type RecordRow = readonly [name: string, ...columns: string[]];

/** The rows of a table as the form shows them; none if it isn't written as one. */
export function toRows({ columns = [], entry }: RecordField, value: unknown): RecordRow[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).map(([name, one]) => {
    if (entry !== 'table') return [name, toText(one)];
    const held = (typeof one === 'object' && one !== null ? one : {}) as Record<string, unknown>;
    return [name, ...columns.map(({ key }) => toText(held[key]))];
  });
}

/** A value in one line of a form. */
export function toText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('; ');
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The element of a column's field in a row, and its name. */
export function columnName(key: string, row: number, column: string): string {
  return `${key}.${row}.${column}`;
}

/**
 * What a form makes of a record: the values that it changes, by their keys. What is written and not shown stays. Throws
 * EditError if a row of a table has no name, or the same as another, unless it is only `shown` again.
 */
export function readRecordForm(
  form: SentForm,
  before: Readonly<Record<string, unknown>>,
  shown = false,
): Record<string, unknown> {
  return Object.fromEntries(
    RECORD_FIELDS.flatMap((field): [string, unknown][] => {
      const old = before[field.key];
      const next = readField(form, field, old, shown);
      return isDeepStrictEqual(old, next) ? [] : [[field.key, next]];
    }),
  );
}

function readField(form: SentForm, field: RecordField, old: unknown, shown: boolean): unknown {
  const { key, shape } = field;
  if (shape === 'table') return readTable(form, field, old, shown);
  const sent = form.get(key).trim();
  if (shape === 'flag') return sent !== '' ? true : old === undefined ? undefined : false;
  if (shape === 'lines') {
    const lines = listLines(sent);
    return lines.length === 0 && (old === undefined || key !== 'publication') ? emptied(old) : lines;
  }
  const text = shape === 'text' ? sent.replace(/\s+/g, ' ') : sent;
  if (text === toText(old).trim()) return old;
  if (text === '') return undefined;
  return shape === 'number' && /^\d{1,6}$/.test(text) ? Number(text) : text;
}

/** An empty list that is written stays one. */
function emptied(old: unknown): unknown {
  return Array.isArray(old) && old.length === 0 ? old : undefined;
}

function readTable(
  form: SentForm,
  { key, label, columns = [], entry }: RecordField,
  old: unknown,
  shown: boolean,
): unknown {
  const written = (typeof old === 'object' && old !== null ? old : {}) as Record<string, unknown>;
  const rows = new Set(
    form.entries.flatMap(([name]) => (name.startsWith(`${key}.`) ? [Number(name.split('.')[1])] : [])),
  );
  const table: Record<string, unknown> = {};
  for (const row of rows) {
    const get = (column: string) => form.get(columnName(key, row, column)).trim();
    const name = get('name');
    if (!name && columns.every((column) => get(column.key) === '')) continue;
    if (!name && !shown) throw new EditError(`a row of ${label} has no name`, 'Write one, or empty the row.');
    if (Object.hasOwn(table, name) && !shown)
      throw new EditError(`${label} has ${name} twice`, 'Make one row of the two.');
    const was = written[get('was') || name];
    table[name] = readEntry(was, columns, entry, get);
  }
  const isEmpty = Object.keys(table).length === 0;
  return isEmpty ? (old !== undefined && Object.keys(written).length === 0 ? old : undefined) : table;
}

function readEntry(
  was: unknown,
  columns: readonly RecordColumn[],
  entry: RecordField['entry'],
  get: (column: string) => string,
): unknown {
  const [first] = columns;
  if (entry !== 'table') return readColumn(was, first, get) ?? (entry === 'list' ? [] : '');
  const held = (typeof was === 'object' && was !== null ? was : {}) as Record<string, unknown>;
  const next: Record<string, unknown> = { ...held };
  for (const column of columns) {
    const value = readColumn(held[column.key], column, get);
    if (value === undefined) delete next[column.key];
    else next[column.key] = value;
  }
  return next;
}

function readColumn(was: unknown, column: RecordColumn | undefined, get: (column: string) => string): unknown {
  const sent = get(column?.key ?? '');
  if (sent === toText(was).trim()) return was;
  if (sent === '') return undefined;
  if (!column?.isList) return sent;
  return sent
    .split(';')
    .map((one) => one.trim())
    .filter(Boolean);
}
