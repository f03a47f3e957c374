import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Bot } from '../../core/bot.ts';
import type { Assistant, PlatformLog } from '../../core/platform.ts';
import type { Question } from '../../core/question.ts';
import { isForAsker } from '../../core/reply.ts';
import { answerSchema } from './answer-schema.ts';
import { composeAnswer } from './compose-answer.ts';
import { composeCall } from './compose-call.ts';
import { INSTRUCTIONS } from './instructions.ts';
import { renderText } from './render-reply.ts';
import { addResources } from './resources.ts';
import { listTools, type Tool } from './tools.ts';

export interface ServerOptions {
  readonly version: string;
  readonly log: PlatformLog;
  /** Assistants that show answers their own way. */
  readonly assistants?: readonly Assistant[];
  /** A key for whoever reads the answers, if what is missed counts. */
  readonly reader?: string | undefined;
}

/** A server for one client, on the bot's content of this moment. */
export function createMcpServer(bot: Bot, { version, log, assistants = [], reader }: ServerOptions): McpServer {
  const server = new McpServer(
    { name: 'briefing-bot', title: 'briefing-bot', version },
    { instructions: INSTRUCTIONS },
  );
  server.server.onerror = (error) => log.warn({ err: error }, 'MCP: a client sent what cannot be answered');
  const call = (question: Question) => composeCall(question, bot.library);

  const run = async (tool: Tool, args: unknown): Promise<CallToolResult> => {
    try {
      const question = tool.toQuestion(args, bot);
      const reply = await bot.answer({ ...question, via: 'mcp', ...(reader === undefined ? {} : { reader }) });
      const extras = assistants.map((one) => one.render(reply, call));
      return {
        content: [{ type: 'text', text: renderText(reply, call) }],
        structuredContent: { ...composeAnswer(reply, call) },
        ...(extras.length > 0 ? { _meta: Object.assign({}, ...extras) } : {}),
        ...(isForAsker(reply) ? { isError: true } : {}),
      };
    } catch (error) {
      log.error({ err: error, tool: tool.name }, 'MCP: a tool failed');
      return { content: [{ type: 'text', text: 'The bot failed; the fault is logged.' }], isError: true };
    }
  };

  for (const tool of listTools(bot)) {
    const { name, title, description, input, isReadOnly } = tool;
    const annotations = { title, readOnlyHint: isReadOnly, destructiveHint: false, idempotentHint: true };
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: input,
        outputSchema: answerSchema,
        annotations: { ...annotations, openWorldHint: !isReadOnly },
        ...(assistants.length > 0 ? { _meta: Object.assign({}, ...assistants.map((one) => one.tool)) } : {}),
      },
      (args) => run(tool, args),
    );
  }
  addResources(server, bot);
  return server;
}
