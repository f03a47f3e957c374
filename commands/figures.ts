import { type Claim, composeBylines } from '../src/core/article.ts';
import { toSources } from '../src/core/bot.ts';
import { defineCommand } from '../src/core/command.ts';
import { formatQuantity } from '../src/core/quantity.ts';
import { composeClaimEntry, composeHeading, createReply, type Reply } from '../src/core/reply.ts';
import { english, wordsOf } from '../src/i18n/words.ts';

/** Characters of the numbers shown above one claim. */
const MAX_HEADING = 120;

export const figures = defineCommand({
  name: 'figures',
  description: english('command.figures'),
  options: [],
  constant: true,
  run(question, { library }): Reply {
    const words = wordsOf(question);
    const counted = library.topics.flatMap((topic) =>
      topic.claims
        .filter(({ kind, number, numbers }) => kind === 'figure' || number || numbers.length > 0)
        .map((claim) => ({ topic, claim, figures: writeFigures(claim) })),
    );
    return createReply(question, {
      outcome: 'answered',
      title: words('figures.title'),
      byline: composeBylines(library.articles, words),
      lead: words('figures.lead'),
      entries: counted.map(({ topic, claim, figures: heading }) =>
        composeClaimEntry(claim, topic, composeHeading(heading, topic, library.articles)),
      ),
      actions: [toSources(words)],
    });
  },
});

/** A claim's numbers, the one that it is about first, as many as fit in a line; undefined if it has none. */
function writeFigures({ number, numbers }: Claim): string | undefined {
  const written = [...(number ? [number] : []), ...numbers].map(formatQuantity);
  const kept = written.filter((_, index) => written.slice(0, index + 1).join('; ').length <= MAX_HEADING);
  return kept.length > 0 ? kept.join('; ') : undefined;
}
