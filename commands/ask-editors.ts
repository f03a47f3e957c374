import { composeBylines } from '../src/core/article.ts';
import type { Context } from '../src/core/command.ts';
import { composePassing } from '../src/core/editors.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import type { Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { quote } from '../src/core/text.ts';

/** A declined reply with a button that passes its question on, if there is an editors' channel. */
export function offerEditors(reply: Reply, text: string, { editors }: Context): Reply {
  if (!editors || reply.outcome !== 'declined') return reply;
  return { ...reply, actions: [...reply.actions, { label: 'Ask the editors', question: composePassing(text) }] };
}

/** Passes a question on to the editors, without who asked, and tells that person alone what became of it. */
export async function askEditors(question: Question, text: string, { editors, library }: Context): Promise<Reply> {
  if (!editors) {
    throw new RefusedQuestion('The editors can’t be asked here', 'No channel of theirs is set.');
  }
  const passed = await editors.pass(text, question.asker?.key ?? question.reader ?? 'page').catch(() => undefined);
  if (passed === undefined) {
    throw new RefusedQuestion('That could not be passed on', 'Press the button again in a few minutes.');
  }
  if (passed === 'busy') {
    throw new RefusedQuestion('One moment, please', 'The editors got many questions just now. Try again in an hour.');
  }
  return createReply(question, {
    outcome: 'listed',
    title: passed === 'sent' ? 'Passed on to the editors' : 'The editors have it already',
    byline: composeBylines(library.articles),
    lead:
      passed === 'sent'
        ? `They see ${quote(text)}, and not who asked.`
        : 'The same question was passed on today. Nothing was sent again.',
  });
}
