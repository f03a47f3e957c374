import { z } from 'zod';
import { CLAIM_KINDS, NOTE_KINDS } from '../../core/article.ts';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

const paragraph = z.union([z.int(), z.literal('author')]);

export const noteSchema = z.object({
  kind: z.enum(NOTE_KINDS),
  text: z.string(),
  source: z.string().optional(),
  url: z.string().optional(),
  asOf: z.string().optional().describe('The day on which it was right.'),
});

export const claimSchema = z.object({
  id: z.string(),
  text: z.string().describe('Quote it to the letter.'),
  paragraphs: list(paragraph),
  kind: z.enum(CLAIM_KINDS),
  speaker: z.string(),
  url: z.string().optional(),
  corrected: z.object({ date: z.string(), what: z.string() }).optional(),
  notes: list(noteSchema).describe('The editors’ own, not from the article.'),
});

const part = {
  question: z.string(),
  verdict: z.enum(['answered', 'nearest', 'declined']),
  answered: z.boolean(),
  topic: z.string().nullable(),
  claims: list(claimSchema).describe('What answers; empty unless answered.'),
  nearest: list(claimSchema).describe('Not an answer: the nearest that the article comes; empty unless nearest.'),
  record: z.string().nullable().describe('An answer from the article’s own record.'),
};

/** What every tool returns beside the text: the same as `briefing ask --json`, of one page, and what leads on from it. */
export const answerSchema = z.object({
  ...part,
  byline: z.string(),
  lead: z.string().nullable(),
  suggestions: list(z.string()).describe('Topics to read on.'),
  parts: list(z.object(part)).describe('Of several questions in one, each with its own answer.'),
  title: z.string(),
  outcome: z
    .enum(['answered', 'nearest', 'declined', 'refused', 'listed', 'failed'])
    .describe('The verdict; or that the bot lists something of its own, refuses the question, or failed.'),
  lines: list(z.object({ label: z.string().optional(), text: z.string() })).describe('Lines of a list.'),
  notes: list(noteSchema).describe('The editors’ notes on the whole answer.'),
  links: list(z.object({ label: z.string(), url: z.string() })),
  page: z.object({ from: z.int(), shown: z.int(), total: z.int() }),
  next: list(
    z.object({
      label: z.string(),
      tool: z.string(),
      arguments: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ).describe('Calls that lead on: further pages, related topics and questions.'),
});

export type McpAnswer = z.infer<typeof answerSchema>;
