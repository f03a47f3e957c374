import { composeBylines } from '../src/core/article.ts';
import { defineCommand } from '../src/core/command.ts';
import { articleLinks, createReply, type Reply } from '../src/core/reply.ts';
import { articleOption, narrow } from './article-option.ts';
import { authorActions, describeArticle, describeChooser, describeLabels } from './record.ts';

export const sources = defineCommand({
  name: 'sources',
  description: 'The article, its author, how claims are labelled and what the notes mean',
  options: [articleOption('Which article, if there are several')],
  constant: true,
  run(question, context): Reply {
    const library = narrow(context.library, question.options.article);
    const { chooser } = context.search;
    return createReply(question, {
      outcome: 'listed',
      title: 'Sources and labels',
      byline: composeBylines(library.articles),
      entries: [
        ...library.articles.flatMap(describeArticle),
        ...(chooser ? [describeChooser(chooser)] : []),
        ...describeLabels(),
      ],
      actions: authorActions(library),
      links: articleLinks(library.articles),
    });
  },
});
