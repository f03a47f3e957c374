import { topicAction } from '../src/core/bot.ts';
import type { Choice, Command, Context } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { type Library, nameKey } from '../src/core/library.ts';
import { createQuestion } from '../src/core/question.ts';
import { composeSharedReply } from './shared.ts';
import { composeTopicReply } from './topic.ts';

export const brief = {
  name: 'brief',
  description: 'What the article says on a topic',
  options: [
    { name: 'topic', description: 'A topic, such as drones', required: true, complete: completeTopic },
    {
      name: 'article',
      description: 'Of which article, where there are several',
      required: false,
      complete: completeArticle,
    },
  ],
  run(question, context) {
    const typed = question.options.topic ?? '';
    const found = chooseArticle(context.library, question.options.article).findAll(typed.replace(/^\//, ''));
    const [topic] = found;
    if (found.length > 1) return composeSharedReply(typed, found, question);
    if (topic) return composeTopicReply(topic, createQuestion(topic.slug, {}, question), context.library);

    const near = context.search.names(typed, 5).flatMap((match) => match.topic ?? []);
    const offer = (near.length > 0 ? near : context.library.topics).slice(0, 3);
    throw new RefusedQuestion(
      typed ? 'There is no such topic' : 'Which topic?',
      `${near.length > 0 ? 'Did you mean' : 'How about'} ${offer.map(({ slug }) => slug).join(', ')}? /topics lists all.`,
      offer,
    );
  },
} satisfies Command;

/** Topics whose title or alias is near what was typed; the first ones where nothing was. */
function completeTopic(typed: string, { library, search }: Context): Choice[] {
  const topics = typed.trim() ? search.names(typed, 50).flatMap(({ topic }) => topic ?? []) : library.topics;
  return topics.slice(0, 25).map((topic) => ({ name: topicAction(topic).label, value: topic.slug }));
}

function chooseArticle(library: Library, name: string | undefined): Library {
  if (!name) return library;
  const wanted = nameKey(name);
  const article = library.articles.find(({ slug, short, title }) =>
    [slug, short, title].some((one) => nameKey(one) === wanted),
  );
  if (article) return library.only([article.slug]);
  throw new RefusedQuestion(
    'There is no such article',
    `There are ${library.articles.map(({ slug }) => slug).join(', ')}.`,
  );
}

function completeArticle(typed: string, { library }: Context): Choice[] {
  const wanted = nameKey(typed);
  return library.articles
    .filter(({ slug, title }) => nameKey(slug).includes(wanted) || nameKey(title).includes(wanted))
    .map(({ slug, title }) => ({ name: title.slice(0, 100), value: slug }));
}
