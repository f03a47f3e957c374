import { composeByline } from '../src/core/article.ts';
import type { Command } from '../src/core/command.ts';
import { formatQuantity } from '../src/core/quantity.ts';
import { createQuestion } from '../src/core/question.ts';
import { composeClaimEntry, composeHeading, createReply } from '../src/core/reply.ts';

export const figures = {
  name: 'figures',
  description: 'All figures in the article and who claims them',
  options: [],
  constant: true,
  run(question, { library }) {
    const counted = library.topics.flatMap((topic) =>
      topic.claims.filter(({ kind, number }) => kind === 'figure' || number).map((claim) => ({ topic, claim })),
    );
    return createReply(question, {
      outcome: 'answered',
      title: 'Figures',
      byline: library.articles.map(composeByline).join('\n'),
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
} satisfies Command;
