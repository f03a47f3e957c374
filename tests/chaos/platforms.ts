import { createUser } from '../support/discord/payloads.ts';
import { startDiscordServer } from '../support/discord-server.ts';
import { startLocalSlack } from '../support/local-slack.ts';

/** A platform that keeps what is posted, as all trials need it. */
export interface World {
  readonly platform: 'discord' | 'slack';
  readonly token: string;
  readonly apiUrl: string;
  newChannel(): string;
  /** The channel of each message that was posted. */
  posted(): string[];
  close(): Promise<void>;
}

export const WORLDS = {
  async discord(): Promise<World> {
    const server = await startDiscordServer();
    let people = 0;
    return {
      platform: 'discord',
      token: server.token,
      apiUrl: server.apiUrl,
      newChannel: () => server.dmChannelId(createUser(`reader${people++}`)),
      posted: () => server.createdMessages.map(({ message }) => message.channel_id),
      close: () => server.close(),
    };
  },
  async slack(): Promise<World> {
    const server = await startLocalSlack();
    return {
      platform: 'slack',
      token: server.state.botToken,
      apiUrl: server.apiUrl,
      newChannel: () => server.state.addChannel().id,
      posted: () => server.state.posted.map(({ channel }) => channel),
      close: () => server.close(),
    };
  },
} as const;
