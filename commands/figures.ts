import { composeBylines } from '../src/core/article.ts';
import { defineCommand } from '../src/core/command.ts';
import { formatQuantity } from '../src/core/quantity.ts';
import { createQuestion } from '../src/core/question.ts';
import { composeClaimEntry, composeHeading, createReply, type Reply } from '../src/core/reply.ts';

export const figures = defineCommand({
  name: 'figures',
  description: 'All figures in the article and who claims them',
  options: [],
  constant: true,
  run(question, { library }): Reply {
    const counted = library.topics.flatMap((topic) =>
      topic.claims.filter(({ kind, number }) => kind === 'figure' || number).map((claim) => ({ topic, claim })),
    );
    return createReply(question, {
      outcome: 'answered',
      title: 'Figures',
      byline: composeBylines(library.articles),
      lead: 'Every figure with whoever gives it. The bot has checked none of them.',
      entries: counted.map(({ topic, claim }) =>
        composeClaimEntry(
          claim,
          topic,
          composeHeading(claim.number && formatQuantity(claim.number), topic, library.articles),
        ),
      ),
      actions: [{ label: 'Sources', question: createQuestion('sources') }],
    });
  },
});
