import { type Claim, composeByline, type Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import type { Command } from '../src/core/command.ts';
import { formatDate } from '../src/core/date.ts';
import type { FoundClaim, Library } from '../src/core/library.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import { composeClaimEntry, createReply, type Entry, type Reply } from '../src/core/reply.ts';
import { suggestFollowUps } from './follow-ups.ts';

/** How many related topics get a button. */
const MAX_RELATED = 2;

/** The command that a topic's file stands for. */
export function topicCommand(topic: Topic): Command {
  return {
    name: topic.slug,
    description: topic.summary,
    options: [],
    topic,
    constant: true,
    run: (question, { library }) => composeTopicReply(topic, question, library),
  };
}

/** All that the article says on a topic. */
export function composeTopicReply(topic: Topic, question: Question, library: Library): Reply {
  const related = topic.related
    .flatMap((name) => library.findAll(name).find(({ article }) => article === topic.article) ?? [])
    .slice(0, MAX_RELATED);
  const read = topic.claims.map((claim) => ({ claim, topic }));
  return createReply(question, {
    outcome: 'answered',
    title: topic.title,
    byline: composeByline(topic.article),
    lead: topic.summary,
    entries: [
      ...topic.claims.map((claim): Entry => ({ type: 'claim', claim, topic, notes: claim.notes })),
      ...topic.withdrawn.map((claim): Entry => ({ type: 'line', label: 'Withdrawn', text: describeWithdrawal(claim) })),
    ],
    notes: topic.notes,
    actions: [
      ...suggestFollowUps(read, library),
      { label: 'Sources', question: createQuestion('sources') },
      ...related.map(topicAction),
      ...(library.topics.length > 1 ? [{ label: 'All topics', question: createQuestion('topics') }] : []),
    ],
    suggestions: related,
  });
}

/** One claim by itself, as a link to it shows it. For a withdrawn claim: when it was withdrawn, and why. */
export function composeClaimReply({ claim, topic }: FoundClaim, question: Question): Reply {
  const { withdrawn } = claim;
  return createReply(question, {
    outcome: withdrawn ? 'listed' : 'answered',
    title: withdrawn ? 'This was withdrawn' : topic.title,
    byline: composeByline(topic.article),
    ...(withdrawn ? { lead: describeWithdrawal(claim) } : { entries: [composeClaimEntry(claim, topic)] }),
    actions: [topicAction(topic), { label: 'Sources', question: createQuestion('sources') }],
    suggestions: [topic],
  });
}

function describeWithdrawal({ withdrawn }: Claim): string {
  const { date, what } = withdrawn ?? { date: '', what: '' };
  return `The editors withdrew a claim on ${formatDate(date)}: ${/[.!?]$/.test(what) ? what : `${what}.`} The bot no longer uses it in answers.`;
}
