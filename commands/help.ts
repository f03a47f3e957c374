import { composeBylines } from '../src/core/article.ts';
import { allTopics, toSources } from '../src/core/bot.ts';
import { defineCommand, describeCommand, type Option } from '../src/core/command.ts';
import { createQuestion } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { joinText, say } from '../src/core/text.ts';
import { english, wordsOf } from '../src/i18n/words.ts';
import { offerTopics } from './topics.ts';

/** Topics listed here; a longer list would push the commands out of sight. */
const MAX_TOPICS = 24;

export const help = defineCommand({
  name: 'help',
  description: english('command.help'),
  options: [],
  constant: true,
  run(question, { library, commands }): Reply {
    const matters = ({ name }: Option) => name !== 'article' || library.articles.length > 1;
    const words = wordsOf(question);
    const { menu } = offerTopics(library.topics, words);
    return createReply(question, {
      outcome: 'listed',
      title: words('help.title'),
      byline: composeBylines(library.articles, words),
      lead: say(words, 'help.lead', { ask: createQuestion('ask') }),
      entries: [
        {
          type: 'line',
          label: words('help.topics'),
          text: say(words, 'help.topics.list', {
            topics: joinText(
              [
                ...library.topics.slice(0, MAX_TOPICS).map(({ slug }) => createQuestion(slug)),
                ...(library.topics.length > MAX_TOPICS ? ['…'] : []),
              ],
              ' ',
            ),
            command: createQuestion('topics'),
          }),
        },
        ...commands
          .filter(({ name, topic }) => !topic && name !== question.command && name !== 'topics')
          .map((command) => ({
            type: 'line' as const,
            label: [
              createQuestion(
                command.name,
                Object.fromEntries(command.options.filter(matters).map((one) => [one.name, '…'])),
              ),
            ],
            text: describeCommand(command, words),
          })),
      ],
      ...(menu ? { menu } : {}),
      actions: [
        allTopics(words),
        { label: words('action.timeline'), question: createQuestion('timeline') },
        { label: words('action.figures'), question: createQuestion('figures') },
        toSources(words),
      ],
    });
  },
});
