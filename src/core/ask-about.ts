import { composeBylines } from './article.ts';
import type { Library } from './library.ts';
import { createQuestion } from './question.ts';
import { createReply, type Reply } from './reply.ts';

/** What the bot says if a message, such as a picture or a card, has no text to ask about. */
export function composeNoText({ articles }: Library): Reply {
  return createReply(createQuestion('help'), {
    outcome: 'refused',
    title: 'That message has no text',
    byline: composeBylines(articles),
    lead: 'The bot can look up only text. Choose a message that has some.',
  });
}
