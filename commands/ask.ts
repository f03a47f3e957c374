import { composeByline, type Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import { defineCommand } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import type { Library } from '../src/core/library.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import { composeArticleEntry, composeClaimEntry, createReply, paginate, type Reply } from '../src/core/reply.ts';
import { overallVerdict, type Refusal } from '../src/core/search.ts';
import { say } from '../src/core/text.ts';
import { help } from './help.ts';
import { composeRecordReply } from './sources.ts';
import { composeSummaryReply } from './summary.ts';

/** Topics offered where the article does not answer. */
const MAX_NEAREST = 3;

export const ask = defineCommand({
  name: 'ask',
  description: 'Ask in your own words; the article answers or the bot says that it does not',
  options: [{ name: 'question', description: 'Your question, such as: who buys the oil?', required: true }],
  async run(question, context): Promise<Reply> {
    const { library, search } = context;
    const text = question.options.question;
    if (!text) {
      throw new RefusedQuestion(
        'What would you like to know?',
        say`Write a question after ${createQuestion('ask')}, or choose a topic.`,
        library.topics.slice(0, MAX_NEAREST),
      );
    }
    const { parts, refusal, instead } = await search.ask(text);
    if (instead === 'help') return help.run(createQuestion('help', {}, question), context);
    if (instead === 'summary') return composeSummaryReply(question, context);
    if (parts.some(({ record }) => record)) return composeRecordReply(question, library, `You asked: ${quote(text)}`);
    const verdict = overallVerdict(parts);
    const offered = parts.flatMap((part) => part.topics);
    if (verdict === 'declined')
      return composeDecline(question, library, decline(text, offered.length, refusal), offered);
    const passages = parts.flatMap((part) => [...part.passages, ...part.nearest]);

    const topics = [...new Set(passages.map(({ topic }) => topic))];
    const answering = Map.groupBy(passages, ({ topic }) => topic.article);
    const reply = createReply(question, {
      outcome: verdict,
      title:
        verdict === 'nearest'
          ? 'The nearest the article comes'
          : answering.size > 1
            ? `What ${answering.size} articles say`
            : 'What the article says',
      byline: [...answering.keys()].map(composeByline).join('\n'),
      lead: `You asked: ${quote(text)}`,
      entries: [...answering].flatMap(([article, own]) => [
        ...(answering.size > 1 ? [composeArticleEntry(article)] : []),
        ...own.map(({ claim, topic }) => composeClaimEntry(claim, topic)),
      ]),
      actions: [...topics.map(topicAction), { label: 'Sources', question: createQuestion('sources') }],
      suggestions: topics,
    });
    // One page is the whole answer: a button could not carry a long question to a second one.
    const { entries } = paginate(reply);
    return { ...reply, entries, total: entries.length };
  },
});

/** One sentence on why there is no answer, and where to go on. */
function decline(text: string, offered: number, refusal: Refusal | undefined): string {
  const reason = refusal ? REFUSALS[refusal] : `${quote(text)} finds no answer there.`;
  return `${reason} ${offered > 0 ? 'The nearest topics are below.' : 'All topics are a button away.'}`;
}

const REFUSALS: Readonly<Record<Refusal, string>> = {
  instruction: 'This bot only reports what the article says, and takes no other orders.',
  quotation: 'This bot words everything anew: it neither repeats the article nor makes up what anybody said.',
  side: 'This bot takes no side; it reports what the author holds, with notes on what others dispute.',
  language: 'This bot reads and answers English only.',
};

function composeDecline(question: Question, library: Library, lead: string, nearest: readonly Topic[]): Reply {
  return createReply(question, {
    outcome: 'declined',
    title: library.articles.length > 1 ? 'The articles do not say' : 'The article does not say',
    byline: library.articles.map(composeByline).join('\n'),
    lead,
    actions: [...nearest.map(topicAction), { label: 'All topics', question: createQuestion('topics') }],
    suggestions: nearest,
  });
}

/** The question as the answer repeats it: whole where it is short, else its beginning. */
function quote(text: string): string {
  const letters = [...text];
  return `“${letters.length > 200 ? `${letters.slice(0, 200).join('')}…` : text}”`;
}
