import { composeBylines } from '../src/core/article.ts';
import { allTopics, MAX_CHOICES, topicAction } from '../src/core/bot.ts';
import { type Choice, type Context, defineCommand } from '../src/core/command.ts';
import type { Reading } from '../src/core/conversation.ts';
import { isPassing } from '../src/core/editors.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { listGaps } from '../src/core/gaps.ts';
import { findWithdrawn, type Library, nameKey } from '../src/core/library.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { overallVerdict, type Part, type Refusal } from '../src/core/search.ts';
import { say } from '../src/core/text.ts';
import { english, wordsOf } from '../src/i18n/words.ts';
import { composeAnswer } from './answer.ts';
import { askEditors, offerEditors } from './ask-editors.ts';
import { answerFollowUp, askBack } from './follow-up.ts';
import { askAction, askFor, isOffered } from './follow-ups.ts';
import { help } from './help.ts';
import { composeSummaryReply } from './summary.ts';
import { composeClaimReply } from './topic.ts';

/** Topics offered if the question is empty. */
const MAX_TOPICS = 3;

export const ask = defineCommand({
  name: 'ask',
  description: english('command.ask'),
  options: [
    {
      name: 'question',
      complete: completeAsk,
      description: english('command.ask.question'),
      required: true,
    },
  ],
  isPrivate: isPassing,
  async run(question, context): Promise<Reply> {
    const { library, search } = context;
    const text = question.options.question;
    if (!text) {
      throw new RefusedQuestion(
        (words) => ({
          title: words('ask.empty'),
          remedy: say(words, 'ask.empty.remedy', { ask: createQuestion('ask') }),
        }),
        library.topics.slice(0, MAX_TOPICS),
      );
    }
    if (isPassing(question)) return askEditors(question, text, context);
    const withdrawn = findWithdrawn(library, text);
    // What the editors say instead answers better than that they say it no more.
    if (withdrawn && overallVerdict((await search.ask(text)).parts) !== 'answered')
      return composeClaimReply(withdrawn, question);
    const reading = await read(text, question, context);
    if (reading.kind !== 'alone' && reading.kind !== 'unclear') {
      return answerFollowUp(question, text, reading, context);
    }
    const before = reading.kind === 'alone' ? reading.before : undefined;
    const { parts, refusal, instead } = await search.ask(text, { before });
    if (instead === 'help') return help.run(createQuestion('help', {}, question), context);
    if (instead === 'summary') return composeSummaryReply(question, context);
    const isUnclear =
      reading.kind === 'unclear' && !refusal && !(reading.mayMeanArticle && parts.some(({ record }) => record));
    if (isUnclear) throw askBack(library);
    if (!refusal) {
      void context.gaps?.note(listGaps(question, parts));
      return offerEditors(composeAnswer(question, { text }, parts, library), text, context);
    }
    return refuse(question, refusal, parts, context);
  },
});

/** A question that isn't answered as it was asked: the headline says why, and never what the article says. It ends the conversation. */
function refuse(question: Question, refusal: Refusal, parts: readonly Part[], context: Context): Reply {
  const { conversations, library } = context;
  conversations?.keep(question, undefined);
  const words = wordsOf(question);
  const topics = parts.flatMap((part) => part.topics).slice(0, MAX_TOPICS);
  const examples = refusal === 'language' ? listAsks(library).slice(0, 1).map(askAction) : [];
  return createReply(question, {
    outcome: 'refused',
    title: words(`refusal.${refusal}`),
    byline: composeBylines(library.articles, words),
    lead: words(`refusal.${refusal}.lead`),
    actions: [...examples, ...topics.map((topic) => topicAction(topic, words)), allTopics(words)],
    suggestions: topics,
  });
}

/** One question of each topic, in the editors' words. */
function listAsks({ topics }: Library): string[] {
  return topics.flatMap(({ claims, article }) => claims.flatMap((one) => askFor(one, article) ?? [])[0] ?? []);
}

/** A later page belongs to the question as it was first read, so it isn't read again. */
async function read(text: string, question: Question, { conversations, library }: Context): Promise<Reading> {
  if (!conversations || question.from !== undefined) return { kind: 'alone' };
  return conversations.read(text, question, library);
}

/** Characters of a choice: Discord's limit, https://docs.discord.com/developers/interactions/application-commands#autocomplete */
const MAX_CHOICE = 100;

/** The editors' own questions that begin with what was typed, then those that hold all of its words; a question of each topic if nothing was. */
function completeAsk(typed: string, { library }: Context): Choice[] {
  const claims = library.topics.flatMap((topic) => topic.claims.map((claim) => ({ claim, topic })));
  const fit = claims.map(({ claim, topic }) =>
    claim.asks.filter((ask) => ask.length <= MAX_CHOICE && isOffered(ask, topic.article)),
  );
  const wanted = nameKey(typed);
  if (!wanted) {
    return listAsks(library).slice(0, MAX_CHOICES).map(toChoice);
  }
  const words = wanted.split(' ');
  const rank = (ask: string): number => {
    const key = nameKey(ask);
    if (key.startsWith(wanted)) return 0;
    const own = key.split(/[^\p{L}\p{N}]+/u);
    return words.every((word) => own.some((one) => one.startsWith(word))) ? 1 : 2;
  };
  // One for each claim, so that a list of twenty-five is not twenty-five wordings of one thing.
  const found = fit.flatMap((asks) => {
    const [best] = asks.map((ask) => ({ ask, rank: rank(ask) })).toSorted((a, b) => a.rank - b.rank);
    return best && best.rank < 2 ? [best] : [];
  });
  const asks = found.toSorted((a, b) => a.rank - b.rank).map(({ ask }) => ask);
  return [...new Set(asks)].slice(0, MAX_CHOICES).map(toChoice);
}

function toChoice(ask: string): Choice {
  return { name: ask, value: ask };
}
