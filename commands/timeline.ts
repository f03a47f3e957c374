import { composeBylines } from '../src/core/article.ts';
import { toSources } from '../src/core/bot.ts';
import { defineCommand } from '../src/core/command.ts';
import { compareDates, formatDate } from '../src/core/date.ts';
import { composeClaimEntry, composeHeading, createReply, type Reply } from '../src/core/reply.ts';
import { english, wordsOf } from '../src/i18n/words.ts';

export const timeline = defineCommand({
  name: 'timeline',
  description: english('command.timeline'),
  options: [],
  constant: true,
  run(question, { library }): Reply {
    const words = wordsOf(question);
    const dated = library.topics
      .flatMap((topic) => topic.claims.flatMap((claim) => (claim.date ? [{ topic, claim, date: claim.date }] : [])))
      .sort((a, b) => compareDates(a.date, b.date));
    return createReply(question, {
      outcome: 'answered',
      title: words('timeline.title'),
      byline: composeBylines(library.articles, words),
      lead: words('timeline.lead'),
      entries: dated.map(({ topic, claim, date }) =>
        composeClaimEntry(claim, topic, composeHeading(formatDate(date, words), topic, library.articles)),
      ),
      actions: [toSources(words)],
    });
  },
});
