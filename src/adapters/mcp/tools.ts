import { z } from 'zod';
import type { Bot } from '../../core/bot.ts';
import { composePassing } from '../../core/editors.ts';
import { createQuestion, MAX_QUESTION_LENGTH, MAX_TEXT_LENGTH, type Question } from '../../core/question.ts';

/** A tool: a question to the bot, from checked arguments. */
export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: z.ZodObject;
  /** It changes nothing anywhere. */
  readonly isReadOnly: boolean;
  /** Throws ZodError if the arguments don't fit `input`. */
  toQuestion(args: unknown, bot: Bot): Question;
}

interface ToolParts<Input extends z.ZodObject> extends Omit<Tool, 'input' | 'isReadOnly' | 'toQuestion'> {
  readonly input: Input;
  readonly isReadOnly?: boolean;
  toQuestion(args: z.infer<Input>, bot: Bot): Question;
}

function defineTool<Input extends z.ZodObject>({ toQuestion, isReadOnly = true, ...parts }: ToolParts<Input>): Tool {
  return { ...parts, isReadOnly, toQuestion: (args, bot) => toQuestion(parts.input.parse(args), bot) };
}

/** What somebody wrote; the bot itself says so if it is too long for a question. */
const text = z.string().min(1).max(MAX_TEXT_LENGTH);
const from = z
  .int()
  .min(0)
  .max(1_000_000)
  .optional()
  .describe('Leave out at first. For a further page, the number that “next” of the page before gives.');
const article = z.string().max(200).optional().describe('One article by its name, if there are several.');

/** Options without those left out, and the page. */
function compose(command: string, { from: page, ...options }: Record<string, string | number | undefined>): Question {
  const given = Object.entries(options).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : []));
  return createQuestion<string>(command, Object.fromEntries(given), typeof page === 'number' ? { from: page } : {});
}

const READING: readonly Tool[] = [
  defineTool({
    name: 'ask',
    title: 'Ask the article',
    description:
      'Asks one question in plain words and gets the claims of the article that answer it, to the letter and with their traces; or the nearest that it comes, which isn’t an answer; or that the article does not say.',
    input: z.strictObject({
      question: text.describe(
        `One whole question in English, such as “who buys the oil?”, of at most ${MAX_QUESTION_LENGTH} characters. A command such as “/people” works too.`,
      ),
      from,
    }),
    toQuestion: ({ question, from: page }, bot) => ({
      ...bot.parse(question),
      ...(page === undefined ? {} : { from: page }),
    }),
  }),
  defineTool({
    name: 'brief',
    title: 'Brief on a topic',
    description: 'Everything that the article says on one topic. The tool “topics” lists the topics.',
    input: z.strictObject({
      topic: z
        .string()
        .min(1)
        .max(MAX_TEXT_LENGTH)
        .describe('A topic by its name, such as “drones”, or a claim by its id.'),
      article,
      from,
    }),
    toQuestion: (args) => compose('brief', args),
  }),
  defineTool({
    name: 'topics',
    title: 'List the topics',
    description: 'All topics that the articles cover, with a sentence on each.',
    input: z.strictObject({ article, from }),
    toQuestion: (args) => compose('topics', args),
  }),
  defineTool({
    name: 'figures',
    title: 'List the figures',
    description: 'Every figure in the articles, and who gives it. Nobody has checked them.',
    input: z.strictObject({ from }),
    toQuestion: (args) => compose('figures', args),
  }),
  defineTool({
    name: 'timeline',
    title: 'Show the timeline',
    description: 'What happened when, as far as the articles date it.',
    input: z.strictObject({ from }),
    toQuestion: (args) => compose('timeline', args),
  }),
  defineTool({
    name: 'sources',
    title: 'Show the sources',
    description: 'The articles with their authors and publishers, and what the labels of claims and notes mean.',
    input: z.strictObject({ article, from }),
    toQuestion: (args) => compose('sources', args),
  }),
];

const ASK_EDITORS = defineTool({
  name: 'ask_editors',
  title: 'Ask the editors',
  description:
    'Passes a question that the article does not answer on to its editors. They see the question, and not who asked. Only if the person wants it.',
  input: z.strictObject({ question: text.describe('The question, as the person asked it.') }),
  isReadOnly: false,
  toQuestion: ({ question }) => {
    const passing = composePassing(question);
    return { ...passing, options: { ...passing.options, question } };
  },
});

/** The tools that this bot can serve. */
export function listTools({ hasEditors }: Pick<Bot, 'hasEditors'>): readonly Tool[] {
  return hasEditors ? [...READING, ASK_EDITORS] : READING;
}
