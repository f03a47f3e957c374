import { CLAIM_FIELDS, NOTE_FIELDS } from '../../content/keywords.ts';
import type { BlockChange } from './block.ts';
import { EditError } from './edit-error.ts';
import { inline } from './escape-markdown.ts';
import { readPage, readSharedNotes, type WrittenBlock, type WrittenPage } from './read-page.ts';

/** What an edit means to change; without a change, it removes it. */
export interface Intent {
  readonly claim?: string;
  /** The id that the claim gets. */
  readonly renamed?: string;
  readonly note?: string;
  readonly change?: BlockChange;
  /** Whether the file is a notes.md. */
  readonly shared?: boolean;
}

/**
 * Reads a page before and after an edit, and throws EditError unless exactly what was meant has changed. Markdown can be
 * written in many ways; this way the desk never damages one that it doesn't know.
 */
export function verify(before: string, after: string, intent: Intent): string {
  const read = intent.shared ? readSharedNotes : readPage;
  const [old, now] = [read(before), read(after)];
  if (!old || !now || others(old, intent) !== others(now, intent)) throw unsafe();
  const block = blockOf(now, intent);
  const { change } = intent;
  if (!change) {
    if (block) throw unsafe();
    return after;
  }
  if (!block || !fits(block, change, intent.claim === undefined ? NOTE_FIELDS : CLAIM_FIELDS)) throw unsafe();
  return after;
}

function others({ places: _, ...page }: WrittenPage, { claim, renamed, note }: Intent): string {
  const claims = page.claims.filter(
    ({ fields }) => claim === undefined || (fields.id !== claim && fields.id !== renamed),
  );
  // Notes come in the order in which they are first referred to.
  const definitions = Object.entries(page.definitions)
    .filter(([label]) => label !== note)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ ...page, claims, definitions });
}

function blockOf(page: WrittenPage, { claim, renamed, note }: Intent): WrittenBlock | undefined {
  if (note !== undefined) return page.definitions[note];
  return page.claims.find(({ fields }) => fields.id === (renamed ?? claim));
}

function fits(block: WrittenBlock, change: BlockChange, names: Readonly<Record<string, string>>): boolean {
  const written = new Map(Object.entries(names).map(([name, one]) => [one, name]));
  return (
    (change.text === undefined || block.text === inline(change.text)) &&
    (change.notes === undefined || block.notes.join() === change.notes.join()) &&
    Object.entries(change.fields ?? {}).every(
      ([name, value]) => (block.fields[written.get(name) ?? name] ?? '') === inline(value),
    )
  );
}

function unsafe(): EditError {
  return new EditError(
    'this can’t be written into the page without changing something else in it',
    'Open the file as text on this page, and make the change there.',
  );
}
