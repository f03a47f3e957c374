import type { Topic } from '../src/core/article.ts';
import { allTopics, topicAction } from '../src/core/bot.ts';
import type { Context } from '../src/core/command.ts';
import { type Reading, writeOut } from '../src/core/conversation.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { listGaps } from '../src/core/gaps.ts';
import type { Library } from '../src/core/library.ts';
import { createQuestion, MAX_QUESTION_LENGTH, type Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { type Before, emptyPart, type Findings, overallVerdict, type Part, type Passage } from '../src/core/search.ts';
import { talkedAbout } from '../src/core/talk.ts';
import { wordsOf } from '../src/i18n/words.ts';
import { composeAnswer } from './answer.ts';
import { offerEditors } from './ask-editors.ts';
import { composeTopicReply } from './topic.ts';

/** Topics offered with a question back to the reader. */
const MAX_TOPICS = 3;

/** The bot's question if a text refers to nothing. */
export function askBack({ topics }: Library): RefusedQuestion {
  return new RefusedQuestion(
    (words) => ({ title: words('ask.about-what'), remedy: words('ask.about-what.remedy') }),
    topics.slice(0, MAX_TOPICS),
  );
}

/** The reply to a text that was read as a follow-up. */
export async function answerFollowUp(
  question: Question,
  text: string,
  reading: Exclude<Reading, { kind: 'alone' | 'unclear' }>,
  context: Context,
): Promise<Reply> {
  const { library } = context;
  const { before } = reading;
  const asked = { text, after: before.question };
  if (reading.kind === 'more') return composeMore(question, before, library);
  if (reading.kind === 'follow-up') {
    const { parts, read } = await findMeant(text, reading, context);
    void context.gaps?.note(listGaps(question, parts));
    const answer = composeAnswer(restate(question, read), read === text ? { text } : asked, parts, library);
    const reply = offerEditors(answer, read, context);
    return reading.asksFurther ? { ...reply, about: before.question } : reply;
  }
  const passages = passagesOf(reading.ids, library);
  if (passages.length === 0) throw askBack(library);
  // Who says what the article doesn't say can't be told.
  const shown: Pick<Part, 'verdict' | 'passages' | 'nearest'> = before.near
    ? { verdict: 'nearest', passages: [], nearest: passages }
    : { verdict: 'answered', passages, nearest: [] };
  const part: Part = { ...emptyPart(text), ...shown, considered: passages };
  const isTrace = reading.kind === 'trace' && !before.near;
  const read = isTrace ? `who says so: ${before.question}` : before.question;
  const reply = composeAnswer(restate(question, read), asked, [isTrace ? { ...part, trace: true } : part], library);
  return { ...reply, about: before.question };
}

/** The same question in full, for a button that still works after the conversation has ended. */
function restate(question: Question, text: string): Question {
  return { ...question, options: { ...question.options, question: text.slice(0, MAX_QUESTION_LENGTH) } };
}

/**
 * What is found for the first reading that has an answer, or else for the first that comes close: first among the claims that
 * are talked about, then among all. Claims that were just shown don't answer a text that wants others.
 */
async function findMeant(
  text: string,
  { meant, before, mayStandAlone, mayRepeat }: Extract<Reading, { kind: 'follow-up' }>,
  { search, library }: Context,
): Promise<{ parts: readonly Part[]; read: string }> {
  const alone = mayStandAlone ? (await search.ask(text, { before })).parts : [];
  if (overallVerdict(alone) === 'answered') return { parts: alone, read: text };
  let best: { parts: readonly Part[]; read: string } | undefined;
  const claims = talkedAbout(before.claims, before.topic, library);
  const inTalk = meant.map((one) => ({
    one,
    asked: one.text,
    follows: { subject: one.subject, claims, ...(before.near ? { near: true } : {}) },
  }));
  const inAll = meant.map((one) => ({ one, asked: writeOut(one), follows: undefined }));
  for (const { one, asked, follows } of [...inTalk, ...inAll]) {
    const read = writeOut(one);
    const found = await search.ask(asked, { before, follows });
    const weakened = one.loose ? found.parts.map(comeNear) : mayRepeat ? found.parts : weaken(found, before);
    const parts = weakened.map((part) => stayOnTopic(part, before));
    if (overallVerdict(parts) === 'answered') return { parts, read };
    if (!best || (overallVerdict(best.parts) === 'declined' && overallVerdict(parts) === 'nearest'))
      best = { parts, read };
  }
  return best ?? { parts: [emptyPart(text)], read: text };
}

/** What doesn't answer after all. What the article's own record says stays. */
function comeNear(part: Part): Part {
  return part.passages.length === 0 ? part : { ...part, verdict: 'nearest', passages: [], nearest: part.passages };
}

function weaken({ parts }: Findings, { claims }: Before): readonly Part[] {
  const shown = new Set(claims);
  return parts.map((part) => {
    const isNew = part.record || part.passages.length === 0 || part.passages.some(({ claim }) => !shown.has(claim.id));
    return isNew ? part : comeNear(part);
  });
}

/** Puts claims on the current topic first. */
function stayOnTopic(part: Part, { topic }: Before): Part {
  const isOn = (passage: Passage) => Number(passage.topic.slug === topic);
  return { ...part, passages: part.passages.toSorted((a, b) => isOn(b) - isOn(a)) };
}

function passagesOf(ids: readonly string[], { topics }: Library): Passage[] {
  return ids.flatMap((id) => {
    const topic = topics.find(({ claims }) => claims.some((claim) => claim.id === id));
    const claim = topic?.claims.find((one) => one.id === id);
    return topic && claim ? [{ topic, claim, score: 1 }] : [];
  });
}

/** The rest of the topic: what follows the page that was shown, or all of it if single claims were shown. */
function composeMore(question: Question, { topic: slug = '', read = 0 }: Before, library: Library): Reply {
  const topic = library.topics.find((one) => one.slug === slug);
  if (!topic) throw askBack(library);
  if (read >= topic.claims.length) return composeEnd(question, topic, library);
  return composeTopicReply(topic, { ...createQuestion(topic.slug, {}, { ...question, from: read }) }, library);
}

function composeEnd(question: Question, topic: Topic, library: Library): Reply {
  const whole = composeTopicReply(topic, question, library);
  const others = [library.next(topic), ...whole.suggestions];
  const words = wordsOf(question);
  return createReply(question, {
    outcome: 'declined',
    title: words('ask.end', { topic: topic.title }),
    byline: whole.byline,
    lead: words('ask.end.lead'),
    actions: [...others.map((one) => topicAction(one, words)), allTopics(words)],
    suggestions: others,
  });
}
