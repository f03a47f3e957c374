import { composeQuestionPath } from '../../../src/core/question.ts';
import {
  collectActions,
  collectNotes,
  composePosition,
  composeTrace,
  type Entry,
  NOTE_LABELS,
  NOTES_HEADING,
  type Reply,
} from '../../../src/core/reply.ts';
import { quote, writeText } from '../../../src/core/text.ts';
import type { ChatMessage } from './server.ts';

/** A reply as this chat takes it: plain text, in which nothing needs an escape, and buttons. */
export function renderChat(reply: Reply, room: string, key?: string): ChatMessage {
  const notes = collectNotes(reply).map(({ kind, text }) => `${NOTE_LABELS[kind]}: ${text}`);
  const lines = [
    reply.title,
    reply.byline,
    reply.lead && writeText(reply.lead),
    ...reply.entries.map(renderEntry),
    composePosition(reply),
    notes.length > 0 ? `${NOTES_HEADING}\n${notes.join('\n')}` : undefined,
  ];
  const actions = [...collectActions(reply), ...(reply.menu?.actions ?? [])];
  return {
    room,
    text: lines.filter(Boolean).join('\n\n'),
    buttons: actions.map(({ label, question }) => ({ label, value: composeQuestionPath(question) })),
    key,
  };
}

function renderEntry(entry: Entry): string {
  if (entry.type === 'line')
    return [entry.label, entry.text].flatMap((text) => (text ? writeText(text) : [])).join(': ');
  if (entry.type === 'part') return `${quote(entry.question)}\n${entry.text}`;
  const { kind, source } = composeTrace(entry.claim);
  return `${entry.heading ? `${entry.heading}: ` : ''}${entry.claim.text}\n${kind} · ${source}`;
}
