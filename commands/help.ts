import { composeBylines } from '../src/core/article.ts';
import { defineCommand, type Option } from '../src/core/command.ts';
import { createQuestion } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { joinText, say } from '../src/core/text.ts';
import { offerTopics } from './topics.ts';

/** Topics listed here; a longer list would push the commands out of sight. */
const MAX_TOPICS = 24;

export const help = defineCommand({
  name: 'help',
  description: 'What you can ask this bot',
  options: [],
  constant: true,
  run(question, { library, commands }): Reply {
    const matters = ({ name }: Option) => name !== 'article' || library.articles.length > 1;
    const { menu } = offerTopics(library.topics);
    return createReply(question, {
      outcome: 'listed',
      title: 'What you can ask',
      byline: composeBylines(library.articles),
      lead: say`Ask in your own words, in a direct message or with ${createQuestion('ask')}, or use a command. Every line of an answer names its paragraph and who says it.`,
      entries: [
        {
          type: 'line',
          label: 'One command for each topic',
          text: joinText(
            [
              ...library.topics.slice(0, MAX_TOPICS).map(({ slug }) => createQuestion(slug)),
              ...(library.topics.length > MAX_TOPICS ? ['…'] : []),
              say`(${createQuestion('topics')} describes each)`,
            ],
            ' ',
          ),
        },
        ...commands
          .filter(({ name, topic }) => !topic && name !== question.command && name !== 'topics')
          .map(({ name, description, options }) => ({
            type: 'line' as const,
            label: [createQuestion(name, Object.fromEntries(options.filter(matters).map((one) => [one.name, '…'])))],
            text: description,
          })),
      ],
      ...(menu ? { menu } : {}),
      actions: [
        { label: 'All topics', question: createQuestion('topics') },
        { label: 'Timeline', question: createQuestion('timeline') },
        { label: 'Figures', question: createQuestion('figures') },
        { label: 'Sources', question: createQuestion('sources') },
      ],
    });
  },
});
