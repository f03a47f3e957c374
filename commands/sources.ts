import { composeBylines } from '../src/core/article.ts';
import { defineCommand } from '../src/core/command.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { authorActions, describeArticle, describeChooser, describeLabels } from './record.ts';

export const sources = defineCommand({
  name: 'sources',
  description: 'The article, its author, how claims are labelled and what the notes mean',
  options: [],
  constant: true,
  run(question, { library, search }): Reply {
    return createReply(question, {
      outcome: 'listed',
      title: 'Sources and labels',
      byline: composeBylines(library.articles),
      entries: [
        ...library.articles.flatMap(describeArticle),
        ...(search.chooser ? [describeChooser(search.chooser)] : []),
        ...describeLabels(),
      ],
      actions: authorActions(library),
    });
  },
});
