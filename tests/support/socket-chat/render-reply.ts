import { composeQuestionPath } from '../../../src/core/question.ts';
import {
  collectActions,
  collectNotes,
  composePosition,
  composeTrace,
  type Entry,
  type Reply,
} from '../../../src/core/reply.ts';
import { quote, writeText } from '../../../src/core/text.ts';
import { type Words, wordsOf } from '../../../src/i18n/words.ts';
import type { ChatMessage } from './server.ts';

/** A reply as this chat takes it: plain text, in which nothing needs an escape, and buttons. */
export function renderChat(reply: Reply, room: string, key?: string): ChatMessage {
  const words = wordsOf(reply.question);
  const notes = collectNotes(reply).map(({ kind, text }) => `${words(`note.${kind}`)}: ${text}`);
  const lines = [
    reply.title,
    reply.byline,
    reply.lead && writeText(reply.lead),
    ...reply.entries.map((entry) => renderEntry(entry, words)),
    composePosition(reply),
    notes.length > 0 ? `${words('note.heading')}\n${notes.join('\n')}` : undefined,
  ];
  const actions = [...collectActions(reply), ...(reply.menu?.actions ?? [])];
  return {
    room,
    text: lines.filter(Boolean).join('\n\n'),
    buttons: actions.map(({ label, question }) => ({ label, value: composeQuestionPath(question) })),
    key,
  };
}

function renderEntry(entry: Entry, words: Words): string {
  if (entry.type === 'line')
    return [entry.label, entry.text].flatMap((text) => (text ? writeText(text) : [])).join(': ');
  if (entry.type === 'part') return `${quote(entry.question, words)}\n${entry.text}`;
  const { kind, source } = composeTrace(entry.claim, words);
  return `${entry.heading ? `${entry.heading}: ` : ''}${entry.claim.text}\n${kind} · ${source}`;
}
