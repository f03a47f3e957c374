import { type Claim, composeByline, type Topic, topicIn } from '../src/core/article.ts';
import { allTopics, topicAction, toSources } from '../src/core/bot.ts';
import type { Command } from '../src/core/command.ts';
import { formatDate } from '../src/core/date.ts';
import type { FoundClaim, Library } from '../src/core/library.ts';
import { endSentence } from '../src/core/note.ts';
import type { Question } from '../src/core/question.ts';
import { composeClaimEntry, createReply, type Entry, type Reply } from '../src/core/reply.ts';
import { type Words, wordsOf } from '../src/i18n/words.ts';
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
  const words = wordsOf(question);
  const related = topic.related
    .flatMap((name) => library.findAll(name).find(({ article }) => article === topic.article) ?? [])
    .slice(0, MAX_RELATED);
  const read = topic.claims.map((claim) => ({ claim, topic }));
  return createReply(question, {
    outcome: 'answered',
    title: topicIn(topic, words).title,
    byline: composeByline(topic.article, words),
    lead: topicIn(topic, words).summary,
    entries: [
      ...topic.claims.map((claim): Entry => ({ type: 'claim', claim, topic, notes: claim.notes })),
      ...topic.withdrawn.map(
        (claim): Entry => ({ type: 'line', label: words('topic.withdrawn'), text: describeWithdrawal(claim, words) }),
      ),
    ],
    notes: topic.notes,
    actions: [
      ...suggestFollowUps(read, library),
      toSources(words),
      ...related.map((one) => topicAction(one, words)),
      ...(library.topics.length > 1 ? [allTopics(words)] : []),
    ],
    suggestions: related,
  });
}

/** One claim by itself, as a link to it shows it. For a withdrawn claim: when it was withdrawn, and why. */
export function composeClaimReply({ claim, topic }: FoundClaim, question: Question): Reply {
  const { withdrawn } = claim;
  const words = wordsOf(question);
  return createReply(question, {
    outcome: withdrawn ? 'listed' : 'answered',
    title: withdrawn ? words('topic.withdrawn.title') : topicIn(topic, words).title,
    byline: composeByline(topic.article, words),
    ...(withdrawn ? { lead: describeWithdrawal(claim, words) } : { entries: [composeClaimEntry(claim, topic)] }),
    actions: [topicAction(topic, words), toSources(words)],
    suggestions: [topic],
  });
}

function describeWithdrawal({ withdrawn }: Claim, words: Words): string {
  const { date, what } = withdrawn ?? { date: '', what: '' };
  return words('topic.withdrawn.text', { date: formatDate(date, words), what: endSentence(what) });
}
