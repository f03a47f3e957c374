import type { ActionsBlock, Button, StaticSelect } from '@slack/types';
import { isPassing } from '../../core/editors.ts';
import type { Assistant, ToolCall } from '../../core/platform.ts';
import type { Question } from '../../core/question.ts';
import { type Action, collectActions, type Reply } from '../../core/reply.ts';
import { SLACK_LIMITS } from './limits.ts';
import { type Block, plain, renderLink, renderViewBlocks } from './render-reply.ts';

/** Blocks that Slack's assistant takes, out of those that answers use. A message with any other is shown as text alone. */
const TAKEN: ReadonlySet<Block['type']> = new Set(['header', 'section', 'context', 'divider', 'image']);
/** Blocks below an answer: a button for each page, one for the editors, the menu, the links. */
const RESERVE = 5;

type Call = (question: Question) => ToolCall;

/**
 * How Slack's own assistant shows answers that it gets by tools, https://docs.slack.dev/ai/slackbot-mcp-client/returning-rich-responses/.
 * A button there calls a tool: its action id names the tool, and its value is the arguments in JSON.
 */
export const slackAssistant: Assistant = {
  tool: { slack: { supportsBlockKit: true } },
  render: (reply, call) => ({ slack: { blocks: renderAssistantBlocks(reply, call) } }),
};

function renderAssistantBlocks(reply: Reply, call: Call): Block[] {
  const body = renderViewBlocks(reply).filter(({ type }) => TAKEN.has(type));
  const actions = [...collectActions(reply), ...(reply.menu?.actions ?? [])];
  const alone = actions.filter(standsAlone);
  const others = actions.filter((action) => !standsAlone(action));
  return [
    ...body.slice(0, SLACK_LIMITS.blocks - RESERVE),
    // No two elements of a block may have one action id, so each button has a block.
    ...alone.map((action) => row(renderCall(action, call))),
    ...renderChoices(others, call),
    ...(reply.links.length > 0 ? [row(...reply.links.map(renderLink))] : []),
  ];
}

/** Further pages, and the button that asks people; all else is to be chosen from a menu. */
function standsAlone({ question }: Action): boolean {
  return question.from !== undefined || isPassing(question);
}

function row(...elements: ActionsBlock['elements']): Block {
  return { type: 'actions', elements };
}

function renderCall({ label, question, primary }: Action, call: Call): Button {
  const { tool, arguments: values } = call(question);
  return {
    type: 'button',
    text: plain(label.slice(0, SLACK_LIMITS.buttonLabel)),
    action_id: `tool:${tool}`,
    value: JSON.stringify(values).slice(0, SLACK_LIMITS.buttonValue),
    ...(primary ? { style: 'primary' as const } : {}),
  };
}

/**
 * A menu for each tool that the actions call: what is chosen in one calls the tool that its action id names. A tool that only one
 * action calls has a button.
 */
function renderChoices(actions: readonly Action[], call: Call): Block[] {
  return [...Map.groupBy(actions, ({ question }) => call(question).tool)].flatMap(([tool, list]) => {
    const [only] = list;
    if (only && list.length === 1) return [row(renderCall(only, call))];
    const options = list
      .map(({ label, question }) => ({
        text: plain(label.slice(0, SLACK_LIMITS.optionText)),
        value: JSON.stringify(call(question).arguments),
      }))
      .filter(({ value }) => value.length <= SLACK_LIMITS.optionValue)
      .slice(0, SLACK_LIMITS.menuOptions);
    if (options.length === 0) return [];
    const menu: StaticSelect = {
      type: 'static_select',
      action_id: `tool:${tool}`,
      placeholder: plain('Go on'),
      options,
    };
    return [row(menu)];
  });
}
