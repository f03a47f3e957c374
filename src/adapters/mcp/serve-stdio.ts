import { Readable, Writable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { Bot } from '../../core/bot.ts';
import type { ProgramTools } from '../../core/platform.ts';
import type { Reply } from '../../core/reply.ts';
import { createMcpServer } from './create-server.ts';

/** What a client sends is far smaller. */
const MAX_BUFFER_BYTES = 1024 * 1024;

export interface StdioOptions extends Pick<ProgramTools, 'input' | 'output' | 'log'> {
  readonly version: string;
}

/**
 * Answers the client that started this program, until it closes the input and has every answer. Nothing else may be written to
 * `output`.
 */
export async function serveStdio(bot: Bot, { input, output, log, version }: StdioOptions): Promise<void> {
  const { tracked, settled } = trackAnswers(bot);
  const server = createMcpServer(tracked, { version, log });
  const stdin = Readable.from(input, { objectMode: false });
  const stdout = new Writable({
    decodeStrings: false,
    write(text: string, _, done) {
      output.write(text);
      done();
    },
  });
  const ended = Promise.withResolvers<void>();
  server.server.onclose = ended.resolve;
  stdin.once('end', ended.resolve);
  await server.connect(new StdioServerTransport(stdin, stdout, { maxBufferSize: MAX_BUFFER_BYTES }));
  await ended.promise;
  stdin.destroy();
  await settled();
}

/** The same bot, and a promise of the moment when nothing is being answered any more and every answer is sent. */
function trackAnswers(bot: Bot): { readonly tracked: Bot; settled(): Promise<void> } {
  const answers = new Set<Promise<Reply>>();
  return {
    tracked: {
      ...bot,
      answer(question) {
        const answer = bot.answer(question);
        answers.add(answer);
        void answer.then(() => answers.delete(answer));
        return answer;
      },
    },
    async settled() {
      await Promise.all(answers);
      await setImmediate();
    },
  };
}
