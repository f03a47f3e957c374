import { composeBylines, type Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import { defineCommand } from '../src/core/command.ts';
import { createQuestion } from '../src/core/question.ts';
import { createReply, paginate, type Reply } from '../src/core/reply.ts';
import { say } from '../src/core/text.ts';
import { articleOption, narrow } from './article-option.ts';

/** As many topics as stand side by side as buttons; more are a menu. */
const MAX_BUTTONS = 5;

/** Ways to open any of these topics. */
export function offerTopics(topics: readonly Topic[]): Pick<Reply, 'actions' | 'menu'> {
  const actions = topics.map(topicAction);
  return actions.length > MAX_BUTTONS ? { actions: [], menu: { placeholder: 'Choose a topic', actions } } : { actions };
}

export const topics = defineCommand({
  name: 'topics',
  description: 'All topics that the article covers',
  options: [articleOption('Which article, if there are several')],
  constant: true,
  run(question, context): Reply {
    const library = narrow(context.library, question.options.article);
    const reply = createReply(question, {
      outcome: 'listed',
      title: 'Topics',
      byline: composeBylines(library.articles),
      lead: say`Each is a command. ${createQuestion('ask')} takes a question in your own words.`,
      entries: library.topics.map(({ slug, title, summary, article }) => ({
        type: 'line',
        label: [createQuestion(slug)],
        text: `${title}${library.articles.length > 1 ? ` (${article.short})` : ''}: ${summary}`,
      })),
    });
    const shown = library.topics.slice(paginate(reply).from).slice(0, paginate(reply).entries.length);
    return { ...reply, ...offerTopics(library.topics), suggestions: shown };
  },
});
