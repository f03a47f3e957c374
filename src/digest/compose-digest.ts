import { type Claim, composeByline, type Topic } from '../core/article.ts';
import { formatQuantity } from '../core/quantity.ts';
import { createQuestion } from '../core/question.ts';
import { composeClaimEntry, composeTrace, createReply, paginate, type Reply } from '../core/reply.ts';
import type { Card } from './card.ts';

/** These claims of a topic as a digest: the first as its headline, then the others, the notes, and ways to read on. */
export function composeDigest(topic: Topic, [headline, ...others]: readonly Claim[]): Reply {
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

/** What the picture of a digest of these claims shows. Undefined if there are none. */
export function composeCard(topic: Topic, [claim]: readonly Claim[]): Card | undefined {
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
