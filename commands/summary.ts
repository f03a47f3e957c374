import type { Context } from '../src/core/command.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import type { Reply } from '../src/core/reply.ts';
import { composeSharedReply } from './shared.ts';
import { composeTopicReply } from './topic.ts';
import { topics } from './topics.ts';

/** The name by which editors mark the topic that sums an article up. */
const SUMMARY = 'summary';

/** The article as a whole: the topic that goes by the name `summary`; where an article has none, a line on each topic. */
export function composeSummaryReply(question: Question, context: Context): Reply | Promise<Reply> {
  const { library } = context;
  const found = library.findAll(SUMMARY);
  const [only] = found;
  if (!only || found.length < library.articles.length)
    return topics.run(createQuestion('topics', {}, question), context);
  return found.length === 1
    ? composeTopicReply(only, createQuestion(only.slug, {}, question), library)
    : composeSharedReply(SUMMARY, found, createQuestion('brief', { topic: SUMMARY }, question));
}
