import { composeByline } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import type { Command } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { createQuestion } from '../src/core/question.ts';
import { composeClaimEntry, createReply, paginate } from '../src/core/reply.ts';

/** Topics offered where the article does not answer. */
const MAX_NEAREST = 3;

export const ask = {
  name: 'ask',
  description: 'Ask in your own words; the article answers or the bot says that it does not',
  options: [{ name: 'question', description: 'Your question, such as: who buys the oil?', required: true }],
  async run(question, { library, search }) {
    const text = question.options.question;
    if (!text) {
      throw new RefusedQuestion(
        'What would you like to know?',
        'Write a question after /ask, or choose a topic.',
        library.topics.slice(0, MAX_NEAREST),
      );
    }
    const { passages, nearest } = await search.ask(text);
    const topics = [...new Set(passages.map(({ topic }) => topic))];
    const articles = [...new Set(topics.map(({ article }) => article))];
    const offered = topics.length > 0 ? topics : nearest.slice(0, MAX_NEAREST);

    const reply = createReply(question, {
      outcome: topics.length > 0 ? 'answered' : 'declined',
      title: topics.length > 0 ? 'What the article says' : 'The article does not say',
      byline: (articles.length > 0 ? articles : library.articles).map(composeByline).join('\n'),
      lead:
        topics.length > 0
          ? `You asked: ${quote(text)}`
          : `${quote(text)} finds no answer in it. ${offer(offered.length)}`,
      entries: passages.map(({ claim, topic }) => composeClaimEntry(claim, topic)),
      actions: [
        ...offered.map(topicAction),
        topics.length > 0
          ? { label: 'Sources', question: createQuestion('sources') }
          : { label: 'All topics', question: createQuestion('topics') },
      ],
      suggestions: offered,
    });
    // One page is the whole answer: a button could not carry a long question to a second one.
    const { entries } = paginate(reply);
    return { ...reply, entries, total: entries.length };
  },
} satisfies Command;

function offer(count: number): string {
  return count > 0 ? 'The nearest topics are below.' : 'See all topics for what it covers.';
}

/** The question as the answer repeats it: whole where it is short, else its beginning. */
function quote(text: string): string {
  const letters = [...text];
  return `“${letters.length > 200 ? `${letters.slice(0, 200).join('')}…` : text}”`;
}
