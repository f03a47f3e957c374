import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Bot } from '../../core/bot.ts';
import type { PlatformLog } from '../../core/platform.ts';
import { createMcpServer } from './create-server.ts';

/** What a client sends is far smaller. */
const MAX_BUFFER_BYTES = 1024 * 1024;

export interface StdioOptions {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  readonly log: PlatformLog;
  readonly version: string;
}

/** Answers the client that started this program, until it closes the input. Nothing else may be written to `output`. */
export async function serveStdio(bot: Bot, { input, output, log, version }: StdioOptions): Promise<void> {
  const server = createMcpServer(bot, { version, log });
  const transport = new StdioServerTransport(input, output, { maxBufferSize: MAX_BUFFER_BYTES });
  const ended = Promise.withResolvers<void>();
  server.server.onclose = ended.resolve;
  input.once('end', ended.resolve);
  await server.connect(transport);
  // What is still being answered is written all the same: it keeps the program running.
  await ended.promise;
}
