import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import { createBot } from '../../../src/core/bot.ts';
import { createDigests } from '../../../src/digest/digests.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { openContent, openTestBot, strictLog } from '../../support/content.ts';
import { createUser } from '../../support/discord/payloads.ts';
import { type DiscordHarness, openDiscord } from '../../support/discord-harness.ts';
import { textsOf } from '../../support/discord-limits.ts';

const { ViewChannel, SendMessages, ReadMessageHistory, Administrator } = PermissionFlagsBits;
const ALL = ViewChannel | SendMessages | ReadMessageHistory;
const ROLE = '123456789012345678';

let store: Store;
let discord: DiscordHarness;
beforeAll(async () => {
  store = await openStore('sqlite::memory:');
  const digests = createDigests({
    db: store.db,
    illustrate: async (reply) => reply,
    now: () => Date.UTC(2026, 5, 1),
    defaultZone: 'UTC',
  });
  const { library } = await openTestBot();
  const bot = createBot(await openContent(library), strictLog, { digests });
  discord = await openDiscord(bot, { managers: { role: ROLE } });
  await discord.server.waitFor('identify', { since: 0 });
});
afterAll(async () => {
  await discord?.stop();
  await store?.close();
});

const subscribe = async (allowed: bigint) => {
  const record = await discord.server.interact({
    type: 'command',
    name: 'digest',
    options: { time: '08:00', zone: 'UTC' },
    subcommand: 'subscribe',
    roles: [ROLE],
    user: createUser('manager'),
    allowed,
  });
  return textsOf((await record.answer()) as unknown as DiscordMessage).join('\n');
};

it.each([
  ['View Channel', ALL & ~ViewChannel],
  ['Send Messages', ALL & ~SendMessages],
  ['Read Message History', ALL & ~ReadMessageHistory],
  ['View Channel, Read Message History, Send Messages', 0n],
])('a subscription names what the bot lacks in a channel: %s', async (missing, allowed) => {
  const shown = await subscribe(allowed);
  expect(shown).toContain('The bot cannot post here yet');
  expect(shown).toContain(`allow the bot: ${missing}.`);
});

it.each([ALL, Administrator])('a channel in which the bot may write is subscribed', async (allowed) => {
  expect(await subscribe(allowed)).toMatch(/Subscribed|You have this digest already/);
});
