import { html } from 'hono/html';
import { z } from 'zod';
import { good } from '../../../src/core/finding.ts';
import { definePlatform } from '../../../src/core/platform.ts';

/** A chat over a local socket: the smallest platform, to show and to test what a new one needs. */
export const socketChat = definePlatform({
  name: 'socketchat',
  title: 'Socket Chat',
  guide: 'docs/add-a-platform.md',
  settings: {
    shape: {
      SOCKET_CHAT_ADDRESS: {
        schema: z
          .string()
          .regex(/^[\w.-]+:\d+$/)
          .optional(),
        fault: "isn't a host and a port",
        remedy: 'Write one such as 127.0.0.1:4000',
      },
      SOCKET_CHAT_TOKEN: {
        schema: z.string().default(''),
        fault: "isn't a token",
        remedy: 'Copy it from the chat.',
        secret: true,
      },
    },
    check: ({ SOCKET_CHAT_ADDRESS: address, SOCKET_CHAT_TOKEN: token }) =>
      address && !token
        ? [
            {
              code: 'settings-do-not-fit',
              setting: 'SOCKET_CHAT_TOKEN',
              what: 'SOCKET_CHAT_TOKEN is missing',
              remedy: 'Copy it from the chat.',
            },
          ]
        : [],
    read: (values) => ({ address: values.SOCKET_CHAT_ADDRESS, token: values.SOCKET_CHAT_TOKEN }),
  },
  targets: { channel: /^[a-z]+$/, team: /^$/, user: /^[a-z]+$/, example: { channel: 'lobby', user: 'ada' } },
  isSetUp: ({ address }) => address !== undefined,
  canPost: ({ address }) => address !== undefined,
  async start({ address = '', token }, context) {
    const { startSocketChat } = await import('./start-socketchat.ts');
    return startSocketChat({ address, token }, context);
  },
  async diagnose({ address }) {
    return { findings: [good('address', `the bot connects to ${address}`)] };
  },
  explainError: async (error) =>
    error instanceof Error && error.message.includes('the chat') ? 'Look whether the chat runs.' : undefined,
  async preview() {
    const { renderChat } = await import('./render-reply.ts');
    return {
      style: new URL('preview.css', import.meta.url),
      async draw(reply, _audience, { press }) {
        const payload = renderChat(reply, 'lobby');
        const drawn = await html`<p>${payload.text}</p>${payload.buttons.map(
          ({ label, value }) => html`<button type="button" ${press(value)}>${label}</button>`,
        )}`;
        return { payload, html: drawn.toString() };
      },
    };
  },
  programs: [
    {
      name: 'rooms',
      description: 'print the rooms of the chat',
      options: [],
      run: async () => ({ text: 'lobby' }),
    },
  ],
});
