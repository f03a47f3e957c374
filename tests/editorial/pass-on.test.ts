import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Sender } from '../../src/core/sender.ts';
import { composeReport } from '../../src/editorial/compose-report.ts';
import { createPassOn } from '../../src/editorial/pass-on.ts';
import { senderTo } from '../support/digesting.ts';
import { createUser } from '../support/discord/payloads.ts';
import { type DiscordServer, startDiscordServer } from '../support/discord-server.ts';
import { type LocalSlack, startLocalSlack } from '../support/local-slack.ts';
import { checkSlackBody } from '../support/slack-limits.ts';

/** What would mention everybody, or lead elsewhere, if it were not escaped. */
const QUESTION = 'Who pays <!channel> *them* or [me](evil.example)?';

let discord: DiscordServer;
let slack: LocalSlack;
beforeAll(async () => {
  [discord, slack] = await Promise.all([startDiscordServer(), startLocalSlack({ onMessage: checkSlackBody })]);
});
afterAll(async () => {
  await Promise.all([discord?.close(), slack?.close()]);
});

/** Passes the question on, and reports it. */
async function post(sender: Sender, team: string, channel: string): Promise<void> {
  const target = { platform: sender.platform, team, channel };
  const { pass } = createPassOn({
    target,
    sender: () => sender,
    take: async () => true,
    giveBack: async () => undefined,
    hash: async () => 'hash',
    mayPass: async () => true,
    now: () => 0,
    log: { error: (details) => expect.unreachable(JSON.stringify(details)) },
  });
  expect(await pass(QUESTION, 'test:somebody')).toBe('sent');
  const group = { id: 'x', texts: [QUESTION], verdict: 'declined', count: 1, nearest: [], wanted: [QUESTION] } as const;
  const days = { from: '2026-11-16', to: '2026-11-22' };
  const missed = [{ ...group, first: days.from, last: days.to }];
  await sender.send(target, composeReport({ ...days, missed }), 'report');
}

it('on Discord mentions nobody, and its markup is escaped', async () => {
  await post(senderTo(discord), '', discord.dmChannelId(createUser('editor')));
  const bodies = discord.createdMessages.map(({ body }) => body);
  expect(bodies).toHaveLength(2);
  for (const body of bodies) {
    expect(body).toMatchObject({ allowed_mentions: { parse: [] } });
    const text = JSON.stringify(body);
    expect(text).toContain(String.raw`\\*them\\*`);
    expect(text).not.toMatch(/[^\\]\[me\]\(/);
    expect(text).not.toContain('somebody');
  }
});

it('on Slack mentions nobody, and its markup is escaped', async () => {
  const { teamId, channel } = slack.state;
  const before = slack.state.posted.length;
  await post(senderTo(slack), teamId, channel.id);
  const posted = slack.state.posted.slice(before);
  expect(posted).toHaveLength(2);
  for (const body of posted) {
    const text = JSON.stringify(body);
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).not.toContain('<!channel>');
    expect(text).not.toMatch(/[^\u2060]\*them/);
    expect(text).not.toContain('somebody');
  }
});
