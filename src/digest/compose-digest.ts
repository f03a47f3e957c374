import { type Claim, composeByline, type Topic } from '../core/article.ts';
import { formatQuantity } from '../core/quantity.ts';
import { createQuestion } from '../core/question.ts';
import { composeClaimEntry, composeTrace, createReply, paginate, type Reply } from '../core/reply.ts';
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
export function composeDigest(topic: Topic): Reply {
  const headline = headlineOf(topic);
  const others = topic.claims.filter((claim) => claim !== headline).slice(0, CLAIMS);
  const heading = headline?.number && formatQuantity(headline.number);
  const reply = createReply(createQuestion(topic.slug), {
    outcome: 'answered',
    title: `Daily briefing: ${topic.title}`,
    byline: composeByline(topic.article),
    lead: topic.summary,
    entries: [
      ...(headline ? [composeClaimEntry(headline, topic, heading)] : []),
      ...others.map((claim) => composeClaimEntry(claim, topic)),
    ],
    actions: [
      { label: 'Read on', question: createQuestion(topic.slug), primary: true },
      { label: 'All topics', question: createQuestion('topics') },
      { label: 'Sources', question: createQuestion('sources') },
      { label: 'This digest', question: createQuestion('digest') },
    ],
    offersQuestion: true,
  });
  // Whatever doesn't fit into one message is behind the button.
  const { entries } = paginate(reply);
  return { ...reply, entries, total: entries.length };
}

/** What the picture of a digest shows. Undefined if the topic has no claim. */
export function composeCard(topic: Topic): Card | undefined {
  const claim = headlineOf(topic);
  if (!claim) return undefined;
  const { kind, source } = composeTrace(claim);
  return {
    title: topic.title,
    ...(claim.number ? { figure: formatQuantity(claim.number) } : {}),
    text: claim.text,
    kind,
    source,
    byline: composeByline(topic.article),
    contested: claim.notes.length + topic.notes.length > 0,
  };
}
