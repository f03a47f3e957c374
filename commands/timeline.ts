import { composeBylines } from '../src/core/article.ts';
import { defineCommand } from '../src/core/command.ts';
import { compareDates, formatDate } from '../src/core/date.ts';
import { createQuestion } from '../src/core/question.ts';
import { composeClaimEntry, composeHeading, createReply, type Reply } from '../src/core/reply.ts';

export const timeline = defineCommand({
  name: 'timeline',
  description: 'What happened when, as the article dates it',
  options: [],
  constant: true,
  run(question, { library }): Reply {
    const dated = library.topics
      .flatMap((topic) => topic.claims.flatMap((claim) => (claim.date ? [{ topic, claim, date: claim.date }] : [])))
      .sort((a, b) => compareDates(a.date, b.date));
    return createReply(question, {
      outcome: 'answered',
      title: 'Timeline',
      byline: composeBylines(library.articles),
      lead: 'Only what the article itself dates. Dates known from elsewhere are in the notes.',
      entries: dated.map(({ topic, claim, date }) =>
        composeClaimEntry(claim, topic, composeHeading(formatDate(date), topic, library.articles)),
      ),
      actions: [{ label: 'Sources', question: createQuestion('sources') }],
    });
  },
});
