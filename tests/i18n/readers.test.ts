import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleInteraction } from '../../src/adapters/discord/handle-interaction.ts';
import { parseInteraction } from '../../src/adapters/discord/parse-interaction.ts';
import { createQuestion } from '../../src/core/question.ts';
import type { Reply } from '../../src/core/reply.ts';
import { composeDigest } from '../../src/digest/compose-digest.ts';
import { createDigests } from '../../src/digest/digests.ts';
import { takeTurn } from '../../src/digest/turn.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { askerOf, CONTENT, HARBOUR, openTestBot } from '../support/content.ts';
import { openPlayground } from '../support/playground.ts';
import { runProgram } from '../support/program.ts';
import { openSlack } from '../support/slack-harness.ts';

const bot = await openTestBot(CONTENT);

describe('on Discord', () => {
  const interaction = (parts: object) =>
    ({
      type: 2,
      id: '1',
      token: 't',
      data: { type: 1, name: 'timeline' },
      channel: { id: '9', type: 0 },
      guild_id: '5',
      member: { user: { id: '7' }, permissions: '0', roles: [] },
      ...parts,
    }) as never;

  it('each reader’s own is that of the interaction, and a channel’s that of its server', () => {
    const request = parseInteraction(interaction({ locale: 'tr', guild_locale: 'ru' }));
    expect(request).toMatchObject({ question: { locale: 'tr', asker: { locale: 'ru' } } });
    const direct = parseInteraction(interaction({ locale: 'tr', guild_id: undefined, context: 1 }));
    expect(direct).toMatchObject({ question: { locale: 'tr', asker: { locale: 'tr' } } });
    const other = parseInteraction(interaction({ locale: 'de' }));
    expect(other.kind === 'question' && other.question.locale).toBe(undefined);
  });

  it('answers and forms are in it', async () => {
    const said: unknown[] = [];
    const responder = { respond: async (one: unknown) => void said.push(one), edit: async () => undefined };
    await handleInteraction(bot, interaction({ locale: 'tr' }), responder);
    expect(JSON.stringify(said)).toContain('Zaman çizelgesi');
    const pressed = { type: 3, data: { custom_id: 'ask-privately', component_type: 2 }, message: { flags: 0 } };
    await handleInteraction(bot, interaction({ ...pressed, locale: 'ru' }), responder);
    expect(said.at(-1)).toMatchObject({ data: { title: 'Спросить лично' } });
  });
});

describe('on Slack', () => {
  it('is that of the profile, asked once, and English if Slack refuses to say', async () => {
    const { server, stop } = await openSlack(bot, { transport: 'http' });
    try {
      const [person] = server.state.users.values();
      if (!person) throw new Error('nobody is there');
      Object.assign(person, { locale: 'ru-RU' });
      const asked = await server.command('/timeline', '', { user: person });
      expect(JSON.stringify(await asked.reply())).toContain('Хронология');
      await server.command('/figures', '', { user: person });
      const calls = server.calls('users.info').filter(({ body }) => body.user === person.id);
      expect(calls.map(({ body }) => String(body.include_locale))).toEqual(['true']);
      const stranger = await server.command('/timeline', '', { user: { ...person, id: 'U0NOBODY' } });
      expect(JSON.stringify(await stranger.reply())).toContain('Timeline');
    } finally {
      await stop();
    }
  });
});

describe('on the page', () => {
  it('is the browser’s, or the one chosen', async () => {
    const page = await openPlayground(bot);
    const open = async (path: string, languages: string) =>
      (await page.request(`http://localhost${path}`, { headers: { 'accept-language': languages } })).text();
    expect(await open('/', 'de, he;q=0.9, en;q=0.8')).toContain('<html lang="he" dir="rtl">');
    expect(await open('/?locale=tr', 'he')).toContain('<html lang="tr" dir="ltr">');
    expect(await open('/', '')).toContain('<html lang="en" dir="ltr">');
    const answer = await page.request('http://localhost/api/answer', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: '/timeline', locale: 'az' }),
    });
    expect(await answer.json()).toMatchObject({ title: 'Xronologiya' });
  });
});

describe('in the terminal', () => {
  it('is that of --locale, or of LANG', async () => {
    const at = { CONTENT_DIR: HARBOUR };
    expect((await runProgram(['ask', '--locale', 'tr', '/timeline'], at)).stdout).toContain('Zaman çizelgesi');
    expect((await runProgram(['ask', '/timeline'], { ...at, LANG: 'ru_RU.UTF-8' })).stdout).toContain('Хронология');
    const { code, stderr } = await runProgram(['ask', '--locale', 'xx', '/timeline'], at);
    expect(code).toBe(1);
    expect(stderr).toContain("The bot doesn't speak xx. Choose one of en, tr, ru, he, az.");
  });
});

describe('a digest', () => {
  let store: Store;
  beforeAll(async () => {
    store = await openStore('sqlite::memory:');
  });
  afterAll(() => store.close());

  it('comes in the language of the place where somebody subscribed', async () => {
    const illustrate = async (reply: Reply) => reply;
    const digests = createDigests({ db: store.db, illustrate, now: () => 1_790_000_000_000, defaultZone: 'UTC' });
    const asker = askerOf({ direct: true, locale: 'he' });
    await digests.subscribe(asker, { time: '08:00', zone: 'UTC', days: 'daily', topics: [] });
    const [kept] = await digests.list(asker);
    expect(kept?.locale).toBe('he');
    const [topic] = bot.library.topics;
    if (!topic || !kept) throw new Error('nothing to bring');
    const reply = composeDigest(topic, takeTurn(topic).claims, kept);
    expect(reply.title).toContain('התקציר היומי');
    expect(reply.actions.map(({ label }) => label)).toContain('להמשך קריאה');
    expect((await digests.preview(kept, bot.library, {})).title).toContain('התקציר היומי');
    expect(composeDigest(topic, takeTurn(topic).claims).title).toBe(`Daily briefing: ${topic.title}`);
    expect(createQuestion('digest').locale).toBe(undefined);
  });
});
