import { composeByline } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import type { Command } from '../src/core/command.ts';
import { createReply, paginate } from '../src/core/reply.ts';

export const topics = {
  name: 'topics',
  description: 'All topics that the article covers',
  options: [],
  constant: true,
  run(question, { library }) {
    const reply = createReply(question, {
      outcome: 'listed',
      title: 'Topics',
      byline: library.articles.map(composeByline).join('\n'),
      lead: 'Each is a command. /ask takes a question in your own words.',
      entries: library.topics.map(({ slug, title, summary, article }) => ({
        type: 'line',
        label: `/${slug}`,
        text: `${title}${library.articles.length > 1 ? ` (${article.short})` : ''}: ${summary}`,
      })),
    });
    const shown = library.topics.slice(paginate(reply).from).slice(0, paginate(reply).entries.length);
    return { ...reply, actions: shown.map(topicAction), suggestions: shown };
  },
} satisfies Command;
