import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { composeCall } from '../../../src/adapters/mcp/compose-call.ts';
import { listTools } from '../../../src/adapters/mcp/tools.ts';
import { slackAssistant } from '../../../src/adapters/slack/assistant.ts';
import type { Bot } from '../../../src/core/bot.ts';
import { createQuestion, type Question } from '../../../src/core/question.ts';
import { collectActions } from '../../../src/core/reply.ts';
import { arbitraryTopics } from '../../support/arbitrary-content.ts';
import { botOn, CONTENT, openTestBot, strictLog } from '../../support/content.ts';
import { checkSlackMessage } from '../../support/slack-limits.ts';

// What Slack documents of its assistant, and not our renderer:
// https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses/
const blockSchema = z.object({ type: z.enum(['header', 'section', 'context', 'divider', 'image', 'actions']) });
const elementSchema = z.union([
  z.object({ type: z.literal('button'), url: z.url() }),
  z.object({ type: z.literal('button'), action_id: z.templateLiteral(['tool:', z.string()]), value: z.string() }),
  z.object({
    type: z.literal('static_select'),
    action_id: z.templateLiteral(['tool:', z.string()]),
    options: z.array(z.object({ value: z.string() })),
  }),
]);

/** The blocks of an answer, checked, and the calls of tools that its elements make. */
async function show(bot: Bot, question: Question) {
  const reply = await bot.answer(question);
  const rendered = slackAssistant.render(reply, (one) => composeCall(one, bot.library));
  const { slack } = z
    .object({ slack: z.object({ blocks: z.array(z.looseObject({ type: z.string() })) }) })
    .parse(rendered);
  const { blocks } = slack;
  checkSlackMessage({ text: 'x', mrkdwn: true, unfurl_links: false, unfurl_media: false, blocks });
  for (const block of blocks) blockSchema.parse(block);
  const elements = blocks.flatMap(({ type, elements: own }) =>
    type === 'actions' ? z.array(elementSchema).parse(own) : [],
  );
  const calls = elements.flatMap((one) => {
    if ('url' in one) return [];
    const values = 'options' in one ? one.options.map(({ value }) => value) : [one.value];
    return values.map((value) => ({ tool: one.action_id.slice('tool:'.length), args: JSON.parse(value) as object }));
  });
  return { reply, blocks, calls };
}

async function checkAll(bot: Bot): Promise<void> {
  const tools = new Map(listTools(bot).map((tool) => [tool.name, tool]));
  for (const { name } of bot.commands) {
    const { reply, calls } = await show(bot, createQuestion<string>(name));
    for (const { tool, args } of calls) tools.get(tool)?.toQuestion(args, bot) ?? expect.fail(tool);
    const pages = collectActions(reply).filter(({ question }) => question.from !== undefined);
    expect(calls.filter(({ args }) => 'from' in args)).toHaveLength(pages.length);
  }
}

describe('an answer for Slack’s assistant', () => {
  it('has only blocks that it takes, and elements that call tools with arguments which they take', async () => {
    await checkAll(await openTestBot(CONTENT));
  });

  it('has them on any valid content', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTopics, async (topics) => checkAll(await botOn(topics))),
      { numRuns: 20 },
    );
  });

  it('asks the editors by a button of its own, and offers no votes', async () => {
    const feedback = { rate: async () => undefined };
    const editors = { pass: async () => 'sent' as const };
    const bot = await openTestBot(CONTENT, strictLog, { editors, feedback });
    const question = 'who won the *football* match & the <cup>?';
    const { reply, blocks, calls } = await show(bot, createQuestion('ask', { question }));
    expect(reply.ratedAs).toBe(question);
    expect(calls).toContainEqual({ tool: 'ask_editors', args: { question } });
    expect(JSON.stringify(blocks)).not.toContain('feedback_buttons');
  });

  it('leads to every topic, from the list of topics', async () => {
    const bot = await openTestBot(CONTENT);
    const { calls } = await show(bot, createQuestion('topics'));
    expect(calls.filter(({ tool }) => tool === 'brief').map(({ args }) => args)).toEqual(
      bot.library.topics.map(({ slug }) => ({ topic: slug })),
    );
  });
});
