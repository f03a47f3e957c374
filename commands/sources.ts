import { composeBylines } from '../src/core/article.ts';
import { defineCommand } from '../src/core/command.ts';
import { articleLinks, createReply, type Reply } from '../src/core/reply.ts';
import { english, wordsOf } from '../src/i18n/words.ts';
import { articleOption, narrow } from './article-option.ts';
import { authorActions, describeArticle, describeChooser, describeLabels } from './record.ts';

export const sources = defineCommand({
  name: 'sources',
  description: english('command.sources'),
  options: [articleOption('sources')],
  constant: true,
  run(question, context): Reply {
    const library = narrow(context.library, question.options.article);
    const words = wordsOf(question);
    const { chooser } = context.search;
    return createReply(question, {
      outcome: 'listed',
      title: words('sources.title'),
      byline: composeBylines(library.articles, words),
      lists: library.articles,
      entries: [
        ...library.articles.flatMap((article) => describeArticle(article, words)),
        ...(chooser ? [describeChooser(chooser, words)] : []),
        ...describeLabels(words),
      ],
      actions: authorActions(library, words),
      links: articleLinks(library.articles, words),
    });
  },
});
