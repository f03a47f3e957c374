import { composeBylines } from './article.ts';
import type { Library } from './library.ts';
import { createQuestion } from './question.ts';
import { createReply, type Reply } from './reply.ts';

/** What is said to somebody who asks about a message that has no words, such as a picture. */
export function composeNoText({ articles }: Library): Reply {
  return createReply(createQuestion('help'), {
    outcome: 'refused',
    title: 'That message has no text',
    byline: composeBylines(articles),
    lead: 'The article can be asked about words only. Choose a message that has some.',
  });
}
