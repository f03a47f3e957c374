import { composeCorrection, type Markup, writeNote } from '../../core/note.ts';
import type { ToolCall } from '../../core/platform.ts';
import type { Question } from '../../core/question.ts';
import {
  type Action,
  collectActions,
  collectNotes,
  composePosition,
  composeTrace,
  type Entry,
  noteMarks,
  type Outcome,
  type Reply,
  writeLead,
} from '../../core/reply.ts';
import type { Verdict } from '../../core/search.ts';
import { type Moment, quote, writeMoment, writeText } from '../../core/text.ts';
import { wordsOf } from '../../i18n/words.ts';

/** A verdict so that nobody takes the nearest for an answer. */
const VERDICTS: Readonly<Record<Verdict, string>> = {
  answered: 'answered. This is what the article says.',
  nearest: 'nearest. The article does not answer this. What follows is only the nearest it comes, and not an answer.',
  declined: 'declined. The article does not say.',
};

const OUTCOMES: Readonly<Record<Outcome, string>> = {
  ...VERDICTS,
  listed: 'none. This is about the articles and the bot, and not a claim of theirs.',
  refused: 'none. The bot does not take this question as it was asked.',
  failed: 'none. The bot could not answer.',
};

const MARKUP: Markup = { text: (text) => text, link: (shown, url) => `${shown} (${url})` };

/** What leads on from a reply: its buttons and its menu, each as a call of a tool. */
export function listCalls(reply: Reply, call: (question: Question) => ToolCall) {
  const actions: readonly Action[] = [...collectActions(reply), ...(reply.menu?.actions ?? [])];
  return actions.map(({ label, question }) => ({ label, ...call(question) }));
}

/**
 * A reply as plain text for a model: the byline, the verdict in words, each claim to the letter with its trace and its id, and the
 * editors' notes under their own heading.
 */
export function renderText(reply: Reply, call: (question: Question) => ToolCall): string {
  const words = wordsOf(reply.question);
  const moment = (one: Moment) => writeMoment(one, words);
  const notes = collectNotes(reply);
  const position = composePosition(reply);
  const lead = writeLead(reply);
  const calls = listCalls(reply, call);
  const marks = (numbers: readonly number[]) => numbers.map((mark) => ` [${mark}]`).join('');
  const renderEntry = (entry: Entry): string => {
    if (entry.type === 'line')
      return `- ${entry.label ? `${writeText(entry.label)}: ` : ''}${writeText(entry.text, { moment })}`;
    if (entry.type === 'part')
      return [quote(entry.question, words), `Verdict: ${VERDICTS[entry.verdict]}`, entry.text]
        .filter(Boolean)
        .join('\n');
    const { kind, source } = composeTrace(entry.claim, words);
    const correction = composeCorrection(entry.claim, words);
    return [
      ...(entry.heading ? [`${entry.heading}:`] : []),
      `- ${entry.claim.text}${marks(noteMarks(entry, notes))}`,
      `  ${kind} · ${source} · claim ${entry.claim.id}`,
      ...(correction ? [`  ${correction}`] : []),
    ].join('\n');
  };
  const sections = [
    `${reply.title}\n${reply.byline}`,
    `Verdict: ${OUTCOMES[reply.outcome]}`,
    ...(lead ? [`${lead}${marks(reply.notes.map((note) => notes.indexOf(note) + 1))}`] : []),
    ...reply.entries.map(renderEntry),
    ...(position ? [position] : []),
    notes.length > 0
      ? [
          words('note.heading'),
          ...notes.map(
            (note, index) => `[${index + 1}] ${words(`note.${note.kind}`)}: ${writeNote(note, MARKUP, words)}`,
          ),
        ].join('\n')
      : '',
    reply.links.map(({ label, url }) => `${label}: ${url}`).join('\n'),
    calls.length > 0
      ? ['To go on, call:', ...calls.map((one) => `- ${one.label}: ${one.tool} ${JSON.stringify(one.arguments)}`)].join(
          '\n',
        )
      : '',
  ];
  return sections.filter(Boolean).join('\n\n');
}
