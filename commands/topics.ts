import { composeBylines, type Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import { defineCommand } from '../src/core/command.ts';
import { createQuestion } from '../src/core/question.ts';
import { createReply, paginate, type Reply } from '../src/core/reply.ts';
import { say } from '../src/core/text.ts';
import { english, type Words, wordsOf } from '../src/i18n/words.ts';
import { articleOption, narrow } from './article-option.ts';

/** As many topics as stand side by side as buttons; more are a menu. */
const MAX_BUTTONS = 5;

/** Ways to open any of these topics. */
export function offerTopics(topics: readonly Topic[], words: Words): Pick<Reply, 'actions' | 'menu'> {
  const actions = topics.map((topic) => topicAction(topic, words));
  return actions.length > MAX_BUTTONS
    ? { actions: [], menu: { placeholder: words('menu.topics'), actions } }
    : { actions };
}

export const topics = defineCommand({
  name: 'topics',
  description: english('command.topics'),
  options: [articleOption('topics')],
  constant: true,
  run(question, context): Reply {
    const words = wordsOf(question);
    const library = narrow(context.library, question.options.article);
    const reply = createReply(question, {
      outcome: 'listed',
      title: words('topics.title'),
      byline: composeBylines(library.articles, words),
      lists: library.articles,
      lead: say(words, 'topics.lead', { ask: createQuestion('ask') }),
      entries: library.topics.map(({ slug, title, summary, article }) => ({
        type: 'line',
        label: [createQuestion(slug)],
        text:
          library.articles.length > 1
            ? words('topics.line.in', { title, article: article.short, summary })
            : words('topics.line', { title, summary }),
      })),
    });
    const shown = library.topics.slice(paginate(reply).from).slice(0, paginate(reply).entries.length);
    return { ...reply, ...offerTopics(library.topics, words), suggestions: shown };
  },
});
