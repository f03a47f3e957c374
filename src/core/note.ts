import { writeAddress } from './address.ts';
import type { Claim, Note } from './article.ts';
import { formatDate } from './date.ts';

/** What readers are told about a corrected claim, such as `Corrected on 25 November 2026: said five before.` */
export function composeCorrection({ corrected }: Claim): string | undefined {
  return corrected && `Corrected on ${formatDate(corrected.date)}: ${endSentence(corrected.what)}`;
}

/** Who says what a note says, and where to find it. */
export interface NoteSource {
  readonly text: string;
  readonly url?: string;
  /** When the note was right, in words. */
  readonly asOf?: string;
}

export function composeNoteSource({ source, url, asOf }: Note): NoteSource | undefined {
  if (!source && !url) return undefined;
  return {
    text: source ?? new URL(url ?? '').host,
    ...(url ? { url: writeAddress(url) } : {}),
    ...(asOf ? { asOf: `as of ${formatDate(asOf)}` } : {}),
  };
}

/** How a platform writes a text exactly as it is, and a link. */
export interface Markup {
  text(text: string): string;
  /** `shown` is already in the platform's markup. */
  link(shown: string, url: string): string;
}

/** A note with its source and the day on which it was right. */
export function writeNote(note: Note, { text, link }: Markup): string {
  const source = composeNoteSource(note);
  if (!source) return text(note.text);
  const { url, asOf } = source;
  const shown = text(source.text);
  return `${text(note.text)} Source: ${endSentence(`${url ? link(shown, url) : shown}${asOf ? `, ${asOf}` : ''}`)}`;
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
