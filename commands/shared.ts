import { composeByline, composeBylines, type Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import type { Command } from '../src/core/command.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { wordsOf } from '../src/i18n/words.ts';
import { composeTopicReply } from './topic.ts';

/** The command for a name that topics of several articles share: it asks which one is meant. */
export function sharedCommand(name: string, topics: readonly Topic[]): Command {
  const [first] = topics;
  return {
    name,
    description: `${first?.title ?? name}, in ${topics.length} articles`,
    options: [],
    constant: true,
    run(question, { library }) {
      const found = library.findAll(name);
      const [only] = found;
      return only && found.length === 1
        ? composeTopicReply(only, createQuestion(only.slug, {}, question), library)
        : composeSharedReply(name, found, question);
    },
  };
}

/** The topic of this name in each article, with its byline and a button. */
export function composeSharedReply(name: string, topics: readonly Topic[], question: Question): Reply {
  const articles = [...new Set(topics.map(({ article }) => article))];
  const words = wordsOf(question);
  return createReply(question, {
    outcome: 'listed',
    title: topics[0]?.title ?? name,
    byline: composeBylines(articles, words),
    lead: words('topic.shared', { count: articles.length }),
    entries: topics.map(({ slug, summary, article }) => ({
      type: 'line',
      label: [createQuestion(slug)],
      text: words('topic.shared.line', { summary, byline: composeByline(article, words) }),
    })),
    actions: topics.map((topic) => topicAction(topic, words)),
    suggestions: topics,
  });
}
