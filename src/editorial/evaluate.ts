import { z } from 'zod';
import type { JsonAnswer } from '../adapters/terminal/json.ts';
import { UserError } from '../core/errors.ts';
import type { Library } from '../core/library.ts';

const questionSchema = z.object({
  id: z.string(),
  kind: z.string(),
  question: z.string(),
  /** Accepted paragraphs; none where the question must be declined, `meta` where the article's own record answers. */
  paragraphs: z.array(z.union([z.int(), z.literal(['author', 'meta'])])),
  /** Texts of which an answer must hold one. */
  must_include: z.array(z.string()).default([]),
});

/** A question with what a right answer to it is. */
export type TestQuestion = z.infer<typeof questionSchema>;

/** A set of questions that cannot be read; its message names file, line and fault. */
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
      faults.push(`${file}:${index + 1}: ${message}; write {"id", "kind", "question", "paragraphs", "must_include"}`);
      return [];
    }
  });
  if (faults.length > 0) throw new FaultyQuestions(faults.join('\n'));
  return questions;
}

/** How one question went. */
export interface Score {
  readonly question: TestQuestion;
  readonly answer: JsonAnswer;
  /** The first claim is right; for a question that must be declined, it was. */
  readonly right: boolean;
  /** One of the first three claims is right. */
  readonly near: boolean;
}

/** Judges an answer. */
export function scoreAnswer(question: TestQuestion, answer: JsonAnswer): Score {
  const { paragraphs, must_include: texts } = question;
  if (paragraphs.length === 0) return { question, answer, right: !answer.answered, near: !answer.answered };
  const fits = (claim: JsonAnswer['claims'][number] | undefined) =>
    claim?.paragraphs.some((paragraph) => paragraphs.includes(paragraph)) ?? false;
  const record = paragraphs.includes('meta') && answer.answered && answer.claims.length === 0;
  const holds = texts.length === 0 || texts.some((text) => answer.claims.some((claim) => claim.text.includes(text)));
  return {
    question,
    answer,
    right: answer.answered && (record || (fits(answer.claims[0]) && holds)),
    near: answer.answered && (record || (answer.claims.slice(0, 3).some(fits) && holds)),
  };
}

/** The table by kind, every question that went wrong, and the topics whose `asks` would help most. */
export function formatScores(scores: readonly Score[], library: Library): string {
  const kinds = [...new Set(scores.map(({ question }) => question.kind))];
  const rows = [...kinds.map((kind) => [kind, scores.filter(({ question }) => question.kind === kind)] as const)];
  const answerable = scores.filter(({ question }) => question.paragraphs.length > 0);
  const open = scores.filter(({ question }) => question.paragraphs.length === 0);
  const line = ([kind, some]: readonly [string, readonly Score[]]) => {
    const share = (count: number) => `${((100 * count) / (some.length || 1)).toFixed(0)} %`.padStart(8);
    const declined = some.filter(({ answer }) => !answer.answered).length;
    const [right, near] = [some.filter((one) => one.right).length, some.filter((one) => one.near).length];
    return `${kind.padEnd(16)}${String(some.length).padStart(6)}${share(right)}${share(near)}${share(declined)}`;
  };
  const wrong = scores.filter(({ right }) => !right);
  return [
    `${'kind'.padEnd(16)}${'n'.padStart(6)}${'right'.padStart(8)}${'in 3'.padStart(8)}${'declined'.padStart(9)}`,
    ...rows.map(line),
    line(['to answer', answerable]),
    line(['to decline', open]),
    ...(wrong.length > 0 ? ['', 'Went wrong:', ...wrong.map(formatWrong)] : []),
    ...formatWeak(wrong, library),
  ].join('\n');
}

function formatWrong({ question, answer }: Score): string {
  const wanted = question.paragraphs.length > 0 ? question.paragraphs.join(', ') : 'decline';
  const got = answer.answered
    ? `${answer.topic ?? 'record'} (${answer.claims[0]?.paragraphs.join(', ') ?? ''})`
    : 'declined';
  return `  ${question.id.padEnd(10)} wanted ${wanted}, got ${got}: ${question.question}`;
}

function formatWeak(wrong: readonly Score[], { topics }: Library): string[] {
  const missed = wrong.filter(({ question }) => question.paragraphs.length > 0);
  const weak = topics
    .map((topic) => {
      const cited = topic.claims.flatMap(({ paragraphs }) => paragraphs);
      return {
        topic,
        questions: missed.filter(({ question }) => cited.some((one) => question.paragraphs.includes(one))),
      };
    })
    .filter(({ questions }) => questions.length > 1)
    .sort((a, b) => b.questions.length - a.questions.length)
    .slice(0, 5);
  if (weak.length === 0) return [];
  return [
    '',
    'Weak topics; questions like these below "asks" of the right claim would help:',
    ...weak.map(
      ({ topic, questions }) =>
        `  ${topic.slug}: ${questions
          .map(({ question }) => question.question)
          .slice(0, 4)
          .join(' | ')}`,
    ),
  ];
}
