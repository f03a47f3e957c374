import { type Claim, composeByline, type Topic } from '../core/article.ts';
import { allTopics, toSources } from '../core/bot.ts';
import { formatQuantity } from '../core/quantity.ts';
import { createQuestion } from '../core/question.ts';
import { composeClaimEntry, composeTrace, createReply, paginate, type Reply } from '../core/reply.ts';
import { type Spoken, wordsOf } from '../i18n/words.ts';
import type { Card } from './card.ts';

/** These claims of a topic as a digest: the first as its headline, then the others, the notes, and ways to read on. */
export function composeDigest(topic: Topic, [headline, ...others]: readonly Claim[], { locale }: Spoken = {}): Reply {
  const words = wordsOf({ locale });
  const heading = headline?.number && formatQuantity(headline.number);
  const reply = createReply(createQuestion(topic.slug, {}, { locale }), {
    outcome: 'answered',
    title: words('digest.daily', { topic: topic.title }),
    byline: composeByline(topic.article, words),
    lead: topic.summary,
    entries: [
      ...(headline ? [composeClaimEntry(headline, topic, heading)] : []),
      ...others.map((claim) => composeClaimEntry(claim, topic)),
    ],
    actions: [
      { label: words('digest.read-on'), question: createQuestion(topic.slug), primary: true },
      allTopics(words),
      toSources(words),
      { label: words('digest.this'), question: createQuestion('digest') },
    ],
    offersQuestion: true,
  });
  // Whatever doesn't fit into one message is behind the button.
  const { entries } = paginate(reply);
  return { ...reply, entries, total: entries.length };
}

/** What the picture of a digest of these claims shows. Undefined if there are none. */
export function composeCard(topic: Topic, [claim]: readonly Claim[], { locale }: Spoken = {}): Card | undefined {
  const words = wordsOf({ locale });
  if (!claim) return undefined;
  const { kind, source } = composeTrace(claim, words);
  return {
    title: topic.title,
    ...(claim.number ? { figure: formatQuantity(claim.number) } : {}),
    text: claim.text,
    kind,
    source,
    byline: composeByline(topic.article, words),
    contested: claim.notes.length + topic.notes.length > 0,
  };
}
