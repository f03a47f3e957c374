import { beside, type Words } from '../i18n/words.ts';
import { writeAddress } from './address.ts';
import type { Claim, Note } from './article.ts';
import { formatDate } from './date.ts';

/** What readers are told about a corrected claim, such as `Corrected on 25 November 2026: said five before.` */
export function composeCorrection({ corrected }: Claim, words: Words): string | undefined {
  if (!corrected) return undefined;
  return words('claim.corrected', { date: formatDate(corrected.date, words), what: endSentence(corrected.what) });
}

/** Who says what a note says, and where to find it. */
export interface NoteSource {
  readonly text: string;
  readonly url?: string;
  /** When the note was right, in words. */
  readonly asOf?: string;
}

export function composeNoteSource({ source, url, asOf }: Note, words: Words): NoteSource | undefined {
  if (!source && !url) return undefined;
  return {
    text: source ?? new URL(url ?? '').host,
    ...(url ? { url: writeAddress(url) } : {}),
    ...(asOf ? { asOf: words('note.as-of', { date: formatDate(asOf, words) }) } : {}),
  };
}

/** How a platform writes a text exactly as it is, and a link. */
export interface Markup {
  text(text: string): string;
  /** `shown` is already in the platform's markup. */
  link(shown: string, url: string): string;
}

/** A note with its source and the day on which it was right. */
export function writeNote(note: Note, { text, link }: Markup, words: Words): string {
  const source = composeNoteSource(note, words);
  const said = beside(text(note.text), words);
  if (!source) return said;
  const { url, asOf } = source;
  const shown = text(source.text);
  const where = url ? link(shown, url) : shown;
  const whole = endSentence(asOf ? words('note.source.on', { source: where, asOf }) : where);
  return `${said} ${words('note.source', { source: whole })}`;
}

/** A sentence with its full stop. */
export function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
