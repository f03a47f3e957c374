import { z } from 'zod';
import { UserError } from '../core/errors.ts';

const paragraph = z.union([z.int(), z.literal('author')]);
const EXPECTED = ['answered', 'nearest', 'declined', 'record'] as const;

const questionSchema = z.object({
  id: z.string(),
  /** How it is asked, such as `paraphrase` or `near-miss`; tables have a line for each. */
  kind: z.string(),
  question: z.string(),
  /** A question asked just before it, for one that follows on. */
  before: z.string().optional(),
  /** `record`: the article's own record answers, or a claim on the author. */
  verdict: z.enum(EXPECTED),
  /** Ids of claims that answer; any of `paragraphs` if left out. */
  claims: z.array(z.string()).optional(),
  paragraphs: z.array(paragraph).default([]),
  /** The questions in it, if there are several. */
  parts: z.array(z.object({ verdict: z.enum(EXPECTED), paragraphs: z.array(paragraph).default([]) })).optional(),
  /** What its writer had read: the content, or the article alone. Only the latter measures what strangers meet. */
  written: z.enum(['content', 'article']).default('content'),
  writer: z.string().default(''),
});

/** A question with what a right answer to it is. */
export type TestQuestion = z.infer<typeof questionSchema>;

/** A set of questions that can't be read; its message names file, line and fault. */
export class FaultyQuestions extends UserError {
  override readonly name = 'FaultyQuestions';
}

/** Reads a question set, one JSON object a line. Throws FaultyQuestions with every fault. */
export function parseQuestions(file: string, text: string): TestQuestion[] {
  const faults: string[] = [];
  const questions = text.split('\n').flatMap((line, index) => {
    if (!line.trim()) return [];
    try {
      return [questionSchema.parse(JSON.parse(line))];
    } catch (error) {
      const message = error instanceof z.ZodError ? z.prettifyError(error).replaceAll('\n', ' ') : String(error);
      faults.push(`${file}:${index + 1}: ${message}; write {"id", "kind", "question", "verdict", "paragraphs"}`);
      return [];
    }
  });
  if (faults.length > 0) throw new FaultyQuestions(faults.join('\n'));
  return questions;
}

interface AnsweredClaim {
  readonly id: string;
  readonly text: string;
  readonly paragraphs: readonly (number | 'author')[];
}

/** The part of an answer that is judged. */
export interface JudgedPart {
  readonly verdict: 'answered' | 'nearest' | 'declined';
  readonly claims: readonly AnsweredClaim[];
  readonly nearest: readonly AnsweredClaim[];
  readonly record: string | null;
}

export interface JudgedAnswer extends JudgedPart {
  readonly parts: readonly JudgedPart[];
}

/** How one question went. */
export interface Score {
  readonly question: TestQuestion;
  readonly answer: JudgedAnswer;
  /** The verdict is right, and so is the first claim, or the record if that was asked for. */
  readonly right: boolean;
  /** A right claim is among those that were shown, as an answer or as the nearest. */
  readonly shown: boolean;
  /** Something is asserted as the answer that is not. */
  readonly asserted: boolean;
}

/** Judges an answer. */
export function scoreAnswer(question: TestQuestion, answer: JudgedAnswer): Score {
  if (question.parts) return scoreParts(question, answer);
  return { question, answer, ...scorePart(question, answer) };
}

type Wanted = Pick<TestQuestion, 'verdict' | 'claims' | 'paragraphs'>;

function scorePart(wanted: Wanted, answer: JudgedPart): Pick<Score, 'right' | 'shown' | 'asserted'> {
  const fits = ({ id, paragraphs }: AnsweredClaim) =>
    wanted.claims ? wanted.claims.includes(id) : paragraphs.some((one) => wanted.paragraphs.includes(one));
  const isAnswered = answer.verdict === 'answered';
  if (wanted.verdict === 'record') {
    const right = isAnswered && (answer.record !== null || answer.claims.some(fits));
    return { right, shown: right, asserted: isAnswered && !right };
  }
  if (wanted.verdict !== 'answered') {
    return {
      right: wanted.verdict === 'nearest' ? !isAnswered : answer.verdict === 'declined',
      shown: !isAnswered,
      asserted: isAnswered,
    };
  }
  const [first] = answer.claims;
  const right = isAnswered && first !== undefined && fits(first);
  const shown = [...answer.claims, ...answer.nearest].some(fits);
  return { right, shown, asserted: isAnswered && !answer.claims.some(fits) };
}

/** Of several questions in one, each part has to be right. */
function scoreParts(question: TestQuestion, answer: JudgedAnswer): Score {
  const scores = (question.parts ?? []).map((wanted, at) => {
    const part = answer.parts[at];
    return part ? scorePart(wanted, part) : { right: false, shown: false, asserted: false };
  });
  return {
    question,
    answer,
    right: scores.every(({ right }) => right),
    shown: scores.every(({ shown }) => shown),
    asserted: scores.some(({ asserted }) => asserted),
  };
}

const WRITTEN = { article: 'the article alone', content: 'the content' } as const;

/** What the scores say, in sentences and a table, for each way of writing apart, and every question that went wrong. */
export function formatScores(scores: readonly Score[]): string {
  const groups = Map.groupBy(scores, ({ question }) => question.written);
  return [...groups].map(([written, some]) => formatGroup(WRITTEN[written], some)).join('\n\n');
}

function formatGroup(written: string, scores: readonly Score[]): string {
  const asked = (...verdicts: readonly string[]) =>
    scores.filter(({ question }) => verdicts.includes(question.verdict));
  const answerable = asked('answered').filter(({ question }) => !question.parts);
  const open = asked('nearest');
  const foreign = asked('declined');
  const record = asked('record');
  const several = scores.filter(({ question }) => question.parts);
  const sentences = [
    `${scores.length} questions written from ${written}.`,
    say(answerable, ({ right }) => right, 'that the article answers, the right claim comes first and as the answer'),
    say(answerable, ({ shown }) => shown, 'of these, a right claim is shown, as an answer or as the nearest'),
    say(answerable, ({ asserted }) => asserted, 'of these, something else is asserted'),
    say(open, ({ asserted }) => asserted, 'on its subject that it does not answer, an answer is asserted all the same'),
    say(foreign, ({ answer }) => answer.verdict === 'declined', 'that have nothing to do with it are plainly declined'),
    say(foreign, ({ asserted }) => asserted, 'of these, an answer is asserted'),
    say(record, ({ right }) => right, 'on the article itself are answered from its record or from a claim'),
    say(several, ({ right }) => right, 'that ask several things at once are right in every part'),
  ];
  const kinds = [...Map.groupBy(scores, ({ question }) => question.kind)];
  const wrong = scores.filter(({ right }) => !right);
  return [
    ...sentences.filter(Boolean),
    '',
    row('kind', ['n', 'right', 'shown', 'asserted']),
    ...kinds.map(([kind, some]) => {
      const count = (is: (score: Score) => boolean) => String(some.filter(is).length);
      const counts = [count(({ right }) => right), count(({ shown }) => shown), count(({ asserted }) => asserted)];
      return row(kind, [String(some.length), ...counts]);
    }),
    ...(wrong.length > 0 ? ['', 'What went wrong:', ...wrong.map(formatWrong)] : []),
  ].join('\n');
}

function say(some: readonly Score[], is: (score: Score) => boolean, what: string): string {
  if (some.length === 0) return '';
  const count = some.filter(is).length;
  return `${count} of ${some.length} (${Math.round((100 * count) / some.length)} %): ${what}.`;
}

function row(first: string, others: readonly string[]): string {
  return `${first.padEnd(16)}${others.map((one) => one.padStart(10)).join('')}`;
}

function formatWrong({ question, answer, asserted, shown }: Score): string {
  const how = asserted ? 'asserts' : shown && answer.verdict === 'nearest' ? 'only comes near with' : answer.verdict;
  const first = answer.claims[0] ?? answer.nearest[0];
  const got = first
    ? `${how} “${first.text}” (${first.id})`
    : answer.record === null
      ? answer.verdict
      : `${how} the record`;
  return `  ${question.id}: “${question.question}” ${got}.`;
}
