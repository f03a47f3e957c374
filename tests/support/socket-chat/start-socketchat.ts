import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Asker } from '../../../src/core/asker.ts';
import type { Platform, PlatformContext } from '../../../src/core/platform.ts';
import { parseQuestionPath } from '../../../src/core/question.ts';
import { type Sender, SendFailure } from '../../../src/core/sender.ts';
import { renderChat } from './render-reply.ts';
import type { ChatMessage, FromBot, ToBot } from './server.ts';

export interface ChatSettings {
  /** `host:port`. */
  readonly address: string;
  readonly token: string;
}

const REFUSED = 'The chat refuses the token. Copy it again into SOCKET_CHAT_TOKEN.';

/** Puts the bot into the chat. Does not wait for the connection; what goes wrong is the supervisor's business. */
export function startSocketChat(
  { address, token }: ChatSettings,
  { bot, log, fail }: Omit<PlatformContext, 'memory'>,
): Platform {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  let status = 'connecting';
  const send = (line: FromBot) => socket.write(`${JSON.stringify(line)}\n`);
  const post = (message: ChatMessage) => send({ type: 'message', ...message });

  socket.on('connect', () => send({ type: 'hello', token }));
  socket.on('error', fail).on('close', () => fail(new Error('the chat ended the connection')));
  // What isn't JSON throws here, and what isn't a line of the chat's rejects, uncaught on purpose: the supervisor bears that.
  createInterface({ input: socket }).on('line', (text) => void receive(JSON.parse(text) as ToBot));

  const receive = async (line: ToBot): Promise<void> => {
    if (line.type === 'welcome') {
      status = 'connected';
      log.info({}, 'Socket Chat: connected');
    } else if (line.type === 'refused') {
      status = REFUSED;
      log.error({ remedy: REFUSED }, 'Socket Chat: not connected; other platforms go on');
    } else {
      const question = line.type === 'said' ? bot.parse(line.text) : parseQuestionPath(line.value);
      if (!question) return;
      const asker = composeAsker(line.user, line.room);
      post(renderChat(await bot.answer({ ...question, asker }), line.room));
    }
  };
  const sender: Sender = {
    platform: 'socketchat',
    paceOf: () => ({ key: 'socketchat', intervalMs: 10 }),
    async send(target, reply, key) {
      if (status !== 'connected') throw new SendFailure('unreachable', 'The chat is not connected.');
      post(renderChat(reply, target.channel, key));
      return key;
    },
    // The chat takes a message with the same key once: sending it again does no harm.
    find: async () => undefined,
    async tell(_team, user, reply, key) {
      post(renderChat(reply, user, key));
    },
  };
  return {
    name: 'socketchat',
    status: () => status,
    isConnected: () => status === 'connected',
    contentChanged: async () => undefined,
    sender,
    routes: { 'GET /socketchat/hello': async () => new Response('The bot is in the chat.\n') },
    async stop() {
      socket.removeAllListeners('close').destroy();
    },
  };
}

function composeAsker(user: string, room: string): Asker {
  return {
    key: `socketchat:${user}`,
    platform: 'socketchat',
    user,
    team: '',
    channel: room,
    direct: false,
    mayManage: async () => true,
    obstacle: async () => undefined,
    timeZone: async () => undefined,
  };
}
