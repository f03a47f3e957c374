import type { Topic } from '../src/core/article.ts';
import type { Context } from '../src/core/command.ts';
import type { Library } from '../src/core/library.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import type { Reply } from '../src/core/reply.ts';
import { composeSharedReply } from './shared.ts';
import { composeTopicReply } from './topic.ts';
import { topics } from './topics.ts';

/** The name by which editors mark the topic that sums an article up. */
const SUMMARY = 'summary';

/** The topics that sum an article up, at most one of each. */
export function summaryTopics(library: Library): readonly Topic[] {
  return library.findAll(SUMMARY);
}

/** The article as a whole: the topic that goes by the name `summary`; if an article has none, a line on each topic. */
export function composeSummaryReply(question: Question, context: Context): Reply | Promise<Reply> {
  const { library } = context;
  const found = summaryTopics(library);
  const [only] = found;
  if (!only || found.length < library.articles.length)
    return topics.run(createQuestion('topics', {}, question), context);
  return found.length === 1
    ? composeTopicReply(only, createQuestion(only.slug, {}, question), library)
    : composeSharedReply(SUMMARY, found, createQuestion('brief', { topic: SUMMARY }, question));
}
