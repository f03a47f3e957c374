import { createUser } from '../support/discord/payloads.ts';
import { startDiscordServer } from '../support/discord-server.ts';
import { startLocalSlack } from '../support/local-slack.ts';

/** How long a local platform waits for the bot, in milliseconds, before a trial counts that as hung. */
const PATIENCE_MS = 30_000;

/** A platform that keeps what is posted, as all trials need it. */
export interface World {
  readonly platform: 'discord' | 'slack';
  readonly token: string;
  readonly apiUrl: string;
  /** What a bot needs to connect, with the platform at this address. */
  settings(apiUrl: string): Record<string, string>;
  newChannel(): string;
  /** The mark of each digest that was posted; `''` if a message has none. */
  posted(): string[];
  /** When each message was posted, in milliseconds since 1970. */
  times(): number[];
  /** Asks the bot something. Resolves once it is acknowledged; rejects if that takes too long. */
  ask(): Promise<void>;
  close(): Promise<void>;
}

export const WORLDS = {
  async discord(): Promise<World> {
    const server = await startDiscordServer({ timeout: PATIENCE_MS });
    let people = 0;
    return {
      platform: 'discord',
      token: server.token,
      apiUrl: server.apiUrl,
      settings: (apiUrl) => ({ DISCORD_TOKEN: server.token, DISCORD_API_URL: apiUrl, DISCORD_REGISTER: 'off' }),
      newChannel: () => server.dmChannelId(createUser(`reader${people++}`)),
      posted: () =>
        server.createdMessages.map(
          ({ message }) => /~delivery=([^"]*)"/.exec(JSON.stringify(message.components))?.[1] ?? '',
        ),
      times: () => server.createdMessages.map(({ message }) => Date.parse(message.timestamp)),
      ask: async () => void (await server.interact({ type: 'command', name: 'cargo' })),
      close: () => server.close(),
    };
  },
  async slack(): Promise<World> {
    const server = await startLocalSlack({ timeout: PATIENCE_MS });
    return {
      platform: 'slack',
      token: server.state.botToken,
      apiUrl: server.apiUrl,
      settings: (apiUrl) => ({
        SLACK_BOT_TOKEN: server.state.botToken,
        SLACK_APP_TOKEN: server.state.appToken,
        SLACK_API_URL: apiUrl,
      }),
      newChannel: () => server.state.addChannel().id,
      posted: () => server.state.posted.map(({ body }) => /"key":"([^"]*)"/.exec(JSON.stringify(body))?.[1] ?? ''),
      times: () => server.state.posted.map(({ ts }) => Number(ts) * 1000),
      async ask() {
        await server.connected();
        // It fails by itself if that takes longer than Slack waits.
        await server.command('/cargo');
      },
      close: () => server.close(),
    };
  },
} as const;
