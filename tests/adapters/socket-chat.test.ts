import { describeAdapter, type Shown } from '../support/adapter-contract.ts';
import { recordLog } from '../support/discord-harness.ts';
import type { ChatMessage, ChatServer } from '../support/socket-chat/server.ts';
import { startChatServer } from '../support/socket-chat/server.ts';
import { startSocketChat } from '../support/socket-chat/start-socketchat.ts';

describeAdapter('A platform that is a folder and a line', async (bot) => {
  const server: ChatServer = await startChatServer();
  const log = recordLog();
  const fail = (error: unknown) => log.error({ err: error }, 'failed');
  const platform = startSocketChat(server, { bot, now: Date.now, log, fail });
  await log.wait(/connected/);
  let last: ChatMessage | undefined;
  const show = (message: ChatMessage): Shown => {
    last = message;
    return { text: message.text, buttons: message.buttons.map(({ label }) => label) };
  };
  return {
    ask: async (text) => show(await server.say(text)),
    async press(wanted) {
      const button = last?.buttons.find(({ label }) => label === wanted);
      if (!button) throw new Error(`there is no button ${wanted}`);
      return show(await server.press(button.value));
    },
    async close() {
      await platform.stop();
      await server.close();
    },
  };
});
