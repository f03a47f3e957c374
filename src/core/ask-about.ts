import { type Spoken, wordsOf } from '../i18n/words.ts';
import { composeBylines } from './article.ts';
import type { Library } from './library.ts';
import { createQuestion } from './question.ts';
import { createReply, type Reply } from './reply.ts';

/** What the bot says if a message, such as a picture or a card, has no text to ask about. */
export function composeNoText({ articles }: Library, { locale }: Spoken): Reply {
  const words = wordsOf({ locale });
  return createReply(createQuestion('help', {}, { locale }), {
    outcome: 'refused',
    title: words('ask.no-text'),
    byline: composeBylines(articles, words),
    lead: words('ask.no-text.remedy'),
  });
}
