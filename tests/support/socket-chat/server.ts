import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { createWaiting } from '../waiting.ts';

/** What goes over the socket, one JSON object a line. */
export type ToBot =
  | { readonly type: 'welcome' }
  | { readonly type: 'refused' }
  | { readonly type: 'said'; readonly room: string; readonly user: string; readonly text: string }
  | { readonly type: 'pressed'; readonly room: string; readonly user: string; readonly value: string };
export type FromBot = { readonly type: 'hello'; readonly token: string } | ({ readonly type: 'message' } & ChatMessage);

/** A message of the bot's, and the buttons below it. */
export interface ChatMessage {
  readonly room: string;
  readonly text: string;
  readonly buttons: readonly { readonly label: string; readonly value: string }[];
  /** The same for each attempt at one message: the chat takes the first. */
  readonly key?: string | undefined;
}

export interface ChatServer {
  /** Where bots connect, `127.0.0.1:PORT`. */
  readonly address: string;
  readonly token: string;
  readonly messages: readonly ChatMessage[];
  /** Somebody writes. Resolves to the bot's next message in that room. */
  say(text: string, room?: string): Promise<ChatMessage>;
  press(value: string, room?: string): Promise<ChatMessage>;
  /** Resolves to the first message that fits, now or once it is there. */
  message(fits: (message: ChatMessage) => boolean): Promise<ChatMessage>;
  /** Resolves once a bot is connected. */
  connected(): Promise<void>;
  /** Sends the bot a line that no chat would send. */
  garble(line: string): void;
  close(): Promise<void>;
}

/** A chat on a free port of this machine, with rooms that need no joining. */
export async function startChatServer(): Promise<ChatServer> {
  const token = 'chat-secret-0123';
  const messages: ChatMessage[] = [];
  const { changed, until } = createWaiting(() => JSON.stringify(messages));
  let bot: Socket | undefined;
  const send = (to: Socket | undefined, line: ToBot) => to?.write(`${JSON.stringify(line)}\n`);

  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (bot === socket) bot = undefined;
    });
    createInterface({ input: socket }).on('line', (text) => {
      const line = JSON.parse(text) as FromBot;
      if (line.type === 'hello') {
        if (line.token === token) bot = socket;
        send(socket, { type: bot === socket ? 'welcome' : 'refused' });
      } else if (!line.key || !messages.some(({ key }) => key === line.key)) {
        messages.push(line);
      }
      changed();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const next = (room: string, line: ToBot) => {
    const before = messages.length;
    send(bot, line);
    return until(`an answer in ${room}`, () => messages.slice(before).find((one) => one.room === room));
  };
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    messages,
    say: (text, room = 'lobby') => next(room, { type: 'said', room, user: 'ada', text }),
    press: (value, room = 'lobby') => next(room, { type: 'pressed', room, user: 'ada', value }),
    message: (fits) => until('a message', () => messages.find(fits)),
    connected: async () => void (await until('the bot', () => bot)),
    garble: (line) => bot?.write(`${line}\n`),
    async close() {
      bot?.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
