import { type Claim, composeBylines } from '../src/core/article.ts';
import { defineCommand } from '../src/core/command.ts';
import { formatQuantity } from '../src/core/quantity.ts';
import { createQuestion } from '../src/core/question.ts';
import { composeClaimEntry, composeHeading, createReply, type Reply } from '../src/core/reply.ts';

/** Characters of the numbers shown above one claim. */
const MAX_HEADING = 120;

export const figures = defineCommand({
  name: 'figures',
  description: 'All figures in the article and who claims them',
  options: [],
  constant: true,
  run(question, { library }): Reply {
    const counted = library.topics.flatMap((topic) =>
      topic.claims
        .filter(({ kind, number, numbers }) => kind === 'figure' || number || numbers.length > 0)
        .map((claim) => ({ topic, claim, figures: writeFigures(claim) })),
    );
    return createReply(question, {
      outcome: 'answered',
      title: 'Figures',
      byline: composeBylines(library.articles),
      lead: 'Every figure, and who gives it. The bot has not checked any of them.',
      entries: counted.map(({ topic, claim, figures: heading }) =>
        composeClaimEntry(claim, topic, composeHeading(heading, topic, library.articles)),
      ),
      actions: [{ label: 'Sources', question: createQuestion('sources') }],
    });
  },
});

/** A claim's numbers, the one that it is about first, as many as fit in a line; undefined if it has none. */
function writeFigures({ number, numbers }: Claim): string | undefined {
  const written = [...(number ? [number] : []), ...numbers].map(formatQuantity);
  const kept = written.filter((_, index) => written.slice(0, index + 1).join('; ').length <= MAX_HEADING);
  return kept.length > 0 ? kept.join('; ') : undefined;
}
