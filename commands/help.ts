import { composeByline } from '../src/core/article.ts';
import type { Command, Option } from '../src/core/command.ts';
import { createQuestion } from '../src/core/question.ts';
import { createReply } from '../src/core/reply.ts';

export const help = {
  name: 'help',
  description: 'What this bot can be asked',
  options: [],
  constant: true,
  run(question, { library, commands }) {
    const matters = ({ name }: Option) => name !== 'article' || library.articles.length > 1;
    return createReply(question, {
      outcome: 'listed',
      title: 'What you can ask',
      byline: library.articles.map(composeByline).join('\n'),
      lead: 'Ask in your own words, in a direct message or with /ask, or use a command. Every line of an answer names its paragraph and who says it.',
      entries: [
        {
          type: 'line',
          label: 'One command for each topic',
          text:
            library.topics
              .slice(0, 24)
              .map(({ slug }) => `/${slug}`)
              .join(' ') + (library.topics.length > 24 ? ' …' : ''),
        },
        ...commands
          .filter(({ name, topic }) => !topic && name !== question.command)
          .map(({ name, description, options }) => ({
            type: 'line' as const,
            label: [`/${name}`, ...options.filter(matters).map((option) => `${option.name}:…`)].join(' '),
            text: description,
          })),
      ],
      actions: [
        { label: 'All topics', question: createQuestion('topics') },
        { label: 'Timeline', question: createQuestion('timeline') },
        { label: 'Figures', question: createQuestion('figures') },
        { label: 'Sources', question: createQuestion('sources') },
      ],
    });
  },
} satisfies Command;
