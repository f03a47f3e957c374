import { isPassing } from '../../core/editors.ts';
import type { Library } from '../../core/library.ts';
import type { ToolCall } from '../../core/platform.ts';
import { composeCommandLine, createQuestion, type Question } from '../../core/question.ts';

/** Tools that are called as the command is that they stand for. */
const SAME = new Set(['ask', 'brief', 'topics', 'figures', 'timeline', 'sources']);

/** A question as a call of the tool that answers it. */
export function composeCall({ command, options, from }: Question, library: Library): ToolCall {
  const page = from === undefined ? {} : { from };
  if (isPassing({ command, options })) return { tool: 'ask_editors', arguments: { question: options.question ?? '' } };
  if (SAME.has(command)) return { tool: command, arguments: { ...options, ...page } };
  if (library.topics.some(({ slug }) => slug === command))
    return { tool: 'brief', arguments: { topic: command, ...page } };
  return {
    tool: 'ask',
    arguments: { question: composeCommandLine(createQuestion<string>(command, options)), ...page },
  };
}
