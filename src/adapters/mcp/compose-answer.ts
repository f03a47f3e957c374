import { composeJsonAnswer, composeJsonNote } from '../../core/json-answer.ts';
import type { ToolCall } from '../../core/platform.ts';
import { composeCommandLine, createQuestion, type Question } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { writeText } from '../../core/text.ts';
import type { McpAnswer } from './answer-schema.ts';
import { listCalls } from './render-reply.ts';

/** One page of an answer for programs. */
export function composeAnswer(reply: Reply, call: (question: Question) => ToolCall): McpAnswer {
  const { command, options } = reply.question;
  const asked = options.question || composeCommandLine(createQuestion<string>(command, options));
  return {
    ...composeJsonAnswer(asked, reply),
    title: reply.title,
    outcome: reply.outcome,
    lines: reply.entries.flatMap((entry) =>
      entry.type === 'line'
        ? [{ ...(entry.label ? { label: writeText(entry.label) } : {}), text: writeText(entry.text) }]
        : [],
    ),
    notes: reply.notes.map(composeJsonNote),
    links: reply.links,
    page: { from: reply.from, shown: reply.entries.length, total: reply.total },
    next: listCalls(reply, call),
  };
}
