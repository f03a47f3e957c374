import { composeBylines } from '../src/core/article.ts';
import type { Context } from '../src/core/command.ts';
import { composePassing } from '../src/core/editors.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import type { Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { quote } from '../src/core/text.ts';
import { wordsOf } from '../src/i18n/words.ts';

/** A declined reply with a button that passes its question on, if there is an editors' channel. */
export function offerEditors(reply: Reply, text: string, { editors }: Context): Reply {
  if (!editors || reply.outcome !== 'declined') return reply;
  return {
    ...reply,
    actions: [
      ...reply.actions,
      { label: wordsOf(reply.question)('action.ask-editors'), question: composePassing(text) },
    ],
  };
}

/** Passes a question on to the editors, without who asked, and tells that person alone what became of it. */
export async function askEditors(question: Question, text: string, { editors, library }: Context): Promise<Reply> {
  if (!editors) {
    throw new RefusedQuestion((words) => ({ title: words('editors.absent'), remedy: words('editors.absent.remedy') }));
  }
  const passed = await editors.pass(text, question.asker?.key ?? question.reader ?? 'page').catch(() => undefined);
  if (passed === undefined) {
    throw new RefusedQuestion((words) => ({ title: words('editors.failed'), remedy: words('editors.failed.remedy') }));
  }
  if (passed === 'busy') {
    throw new RefusedQuestion((words) => ({ title: words('limit'), remedy: words('editors.busy') }));
  }
  const words = wordsOf(question);
  return createReply(question, {
    outcome: 'listed',
    title: words(`editors.${passed}`),
    byline: composeBylines(library.articles, words),
    lead: words(`editors.${passed}.lead`, { question: quote(text, words) }),
  });
}
