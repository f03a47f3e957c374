import { type Claim, composeByline, type Topic, topicIn } from '../core/article.ts';
import { allTopics, toSources } from '../core/bot.ts';
import { formatQuantity } from '../core/quantity.ts';
import { createQuestion } from '../core/question.ts';
import { composeClaimEntry, composeTrace, createReply, paginate, type Reply } from '../core/reply.ts';
import { type Spoken, wordsOf } from '../i18n/words.ts';
import type { Card } from './card.ts';

/** Claims below the headline. */
const CLAIMS = 3;

/** A figure if the topic has one, since a number says the most in one line; otherwise its first claim. */
function headlineOf({ claims }: Topic): Claim | undefined {
  return (
    claims.find(({ kind, number }) => kind === 'figure' && number) ?? claims.find(({ number }) => number) ?? claims[0]
  );
}

/** One topic as a digest: a headline, three claims of other kinds if there are any, the notes, and ways to read on. */
export function composeDigest(topic: Topic, { locale }: Spoken = {}): Reply {
  const words = wordsOf({ locale });
  const headline = headlineOf(topic);
  const others = topic.claims.filter((claim) => claim !== headline).slice(0, CLAIMS);
  const heading = headline?.number && formatQuantity(headline.number);
  const reply = createReply(createQuestion(topic.slug, {}, { locale }), {
    outcome: 'answered',
    title: words('digest.daily', { topic: topicIn(topic, words).title }),
    byline: composeByline(topic.article, words),
    lead: topicIn(topic, words).summary,
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

/** What the picture of a digest shows. Undefined if the topic has no claim. */
export function composeCard(topic: Topic, { locale }: Spoken = {}): Card | undefined {
  const words = wordsOf({ locale });
  const claim = headlineOf(topic);
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
