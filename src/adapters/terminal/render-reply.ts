import wrapAnsi from 'wrap-ansi';
import { composeCorrection, type Markup, writeNote } from '../../core/note.ts';
import {
  collectActions,
  collectNotes,
  composeLanguage,
  composePosition,
  composeTrace,
  type Entry,
  noteMarks,
  type Reply,
  writeLead,
} from '../../core/reply.ts';
import { quote, writeMoment, writeText } from '../../core/text.ts';
import { beside, wordsOf } from '../../i18n/words.ts';

/** Puts a style around a text; node:util's styleText fits, and so does a function that leaves the text alone. */
export type Style = (style: 'bold' | 'dim' | 'yellow' | 'cyan' | 'green' | 'red', text: string) => string;

/** The width of a terminal that does not say, or says 0. */
export const COLUMNS = 80;

const MARKUP: Markup = { text: (text) => text, link: (shown, url) => `${shown} (${url})` };

/** A reply as lines of text, at most `columns` wide if no word is longer, its buttons numbered from 1. */
export function renderTerminal(reply: Reply, columns: number, style: Style): string {
  const words = wordsOf(reply.question);
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  const language = composeLanguage(reply);
  const actions = [...collectActions(reply), ...(reply.menu?.actions ?? [])];
  const marks = (numbers: readonly number[]) => numbers.map((mark) => ` [${mark}]`).join('');
  const lead = writeLead(reply);
  const wrap = (text: string, indent: string) =>
    wrapAnsi(text, Math.max(20, columns - indent.length)).replace(/^/gm, indent);

  const renderEntry = (entry: Entry): string => {
    if (entry.type === 'line')
      return wrap(
        `${entry.label ? `${style('bold', beside(writeText(entry.label), words))} · ` : ''}${writeText(entry.text, { moment: (time) => writeMoment(time, words) })}`,
        '  ',
      );
    if (entry.type === 'part')
      return [
        wrap(style('bold', quote(entry.question, words)), ''),
        ...(entry.text ? [wrap(entry.text, '')] : []),
      ].join('\n');
    const { kind, source } = composeTrace(entry.claim, words);
    const correction = composeCorrection(entry.claim, words);
    if (entry.nearest) {
      const text = `${entry.claim.text}${marks(noteMarks(entry, notes))}`;
      return `  ~ ${wrap(style('dim', `${text}\n${kind} · ${source}`), '    ').trimStart()}`;
    }
    return [
      ...(entry.heading ? [wrap(style('bold', entry.heading), '  ')] : []),
      wrap(`${entry.claim.text}${marks(noteMarks(entry, notes))}`, '  '),
      wrap(`${style('cyan', kind)} ${style('dim', `· ${source}`)}`, '  '),
      ...(correction ? [wrap(style('dim', correction), '  ')] : []),
    ].join('\n');
  };

  return [
    [style('bold', reply.title), style('dim', reply.byline), ...(language ? [style('dim', language)] : [])].join('\n'),
    ...(lead ? [wrap(`${lead}${marks(reply.notes.map((note) => notes.indexOf(note) + 1))}`, '')] : []),
    ...reply.entries.map(renderEntry),
    ...(position ? [style('dim', `  ${position}`)] : []),
    ...(notes.length > 0
      ? [
          [
            style('yellow', words('note.heading')),
            ...notes.map((note, index) =>
              wrap(`[${index + 1}] ${words(`note.${note.kind}`)}: ${writeNote(note, MARKUP, words)}`, '  '),
            ),
          ].join('\n'),
        ]
      : []),
    // An address that is wrapped can no longer be opened.
    ...(reply.links.length > 0 ? [reply.links.map(({ label, url }) => `${label}: ${url}`).join('\n')] : []),
    ...(actions.length > 0
      ? [wrap(actions.map(({ label }, index) => `${style('cyan', String(index + 1))} ${label}`).join('   '), '')]
      : []),
  ].join('\n\n');
}
