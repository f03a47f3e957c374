import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asker } from '../../src/core/asker.ts';
import type { Bot } from '../../src/core/bot.ts';

import { ACTION_OPTION, createQuestion } from '../../src/core/question.ts';
import type { Reply } from '../../src/core/reply.ts';
import { writeText } from '../../src/core/text.ts';
import { createDigests, syncFixedDigests } from '../../src/digest/digests.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { listAll, pauseSubscription } from '../../src/store/subscriptions.ts';
import { askerOf, HARBOUR, openTestBot, strictLog } from '../support/content.ts';

const NOW = Date.parse('2026-11-24T12:00Z');

let store: Store;
let bot: Bot;
let changes: number;
let moment: number;
beforeEach(async () => {
  changes = 0;
  moment = 0;
  store = await openStore('sqlite::memory:');
  const digests = createDigests({
    db: store.db,
    illustrate: async (reply) => reply,
    // No two are subscribed at the same moment.
    now: () => {
      moment += 1;
      return NOW + moment;
    },
    defaultZone: 'Europe/Berlin',
    onChange: () => {
      changes += 1;
    },
  });
  bot = await openTestBot(HARBOUR, strictLog, { digests });
});
afterEach(() => store?.close());

const ask = (action: string, options: Record<string, string> = {}, asker: Asker | undefined = askerOf()) =>
  bot.answer({
    ...createQuestion('digest' as string, { [ACTION_OPTION]: action, ...options }),
    ...(asker ? { asker } : {}),
  });
const linesOf = ({ entries }: Reply) => entries.map((entry) => ('text' in entry ? writeText(entry.text) : ''));
const textOf = (reply: Reply) => JSON.stringify([reply.title, reply.lead, reply.entries]);

describe('/digest subscribe', () => {
  it('subscribes once, however fast somebody presses twice', async () => {
    const replies = await Promise.all([1, 2, 3].map(() => ask('subscribe', { time: '08:00', topics: 'cargo' })));
    expect(replies.filter(({ title }) => title === 'Subscribed')).toHaveLength(1);
    expect(await listAll(store.db)).toHaveLength(1);
  });

  it('takes the time, days and topics, in the zone that counts', async () => {
    const reply = await ask('subscribe', {
      time: '8 am',
      days: 'mon',
      topics: 'ferries, cargo',
      zone: 'Asia/Tokyo',
    });
    expect(reply.title).toBe('Subscribed');
    expect(await listAll(store.db)).toEqual([
      expect.objectContaining({ time: '08:00', zone: 'Asia/Tokyo', days: 'monday', topics: ['ferries', 'cargo'] }),
    ]);
    expect(changes).toBe(1);
    await ask('subscribe', { time: '09:00' });
    await ask('subscribe', { time: '10:00' }, askerOf({ timeZone: async () => 'America/New_York' }));
    expect((await listAll(store.db)).map(({ zone }) => zone)).toEqual(
      expect.arrayContaining(['Asia/Tokyo', 'Europe/Berlin', 'America/New_York']),
    );
  });

  it('keeps an equal one as it is', async () => {
    await ask('subscribe', { time: '08:00' });
    expect((await ask('subscribe', { time: '8:00' })).title).toBe('You have this digest already');
    expect(await listAll(store.db)).toHaveLength(1);
  });

  it.each([
    [{ time: 'noonish' }, /At what time/],
    [{ time: '08:00', zone: 'Europe/Lodnon' }, /no such time zone/],
    [{ time: '08:00', days: 'someday' }, /On which days/],
    [{ time: '08:00', topics: 'feries' }, /no such topic.*ferries/],
  ])('says what is wrong with %j', async (options, words) => {
    expect(textOf(await ask('subscribe', options as Record<string, string>))).toMatch(words);
    expect(await listAll(store.db)).toEqual([]);
  });

  it('is for those who manage the channel, and for anyone in their own conversation', async () => {
    const guest = askerOf({ mayManage: async () => false });
    for (const action of ['subscribe', 'pause', 'resume', 'unsubscribe']) {
      expect((await ask(action, { time: '08:00' }, guest)).title).toBe(
        'Only managers of this channel can change its digest',
      );
    }
    expect((await ask('subscribe', { time: '08:00' }, { ...guest, direct: true })).title).toBe('Subscribed');
  });

  it('says beforehand what would keep it from arriving', async () => {
    const reply = await ask('subscribe', { time: '08:00' }, askerOf({ obstacle: async () => 'Invite the bot.' }));
    expect(textOf(reply)).toContain('Invite the bot. Then subscribe again.');
    expect(await listAll(store.db)).toEqual([]);
  });

  it('stops at ten in a channel', async () => {
    for (let hour = 10; hour < 20; hour += 1) await ask('subscribe', { time: `${hour}:00` });
    expect((await ask('subscribe', { time: '20:00' })).title).toBe('This channel has too many digests');
  });
});

describe('with several digests', () => {
  beforeEach(async () => {
    await ask('subscribe', { time: '08:00' });
    await ask('subscribe', { time: '18:00', days: 'weekdays' });
  });

  it('status numbers them and says when the next one comes', async () => {
    const reply = await ask('status');
    expect(textOf(reply)).toMatch(/1\. 08:00 Europe\/Berlin, every day.*2\. 18:00 Europe\/Berlin, Monday to Friday/);
    expect(linesOf(reply)).toEqual([
      expect.stringMatching(/^All topics, one at a time\. Next: /),
      expect.stringContaining('Next: '),
    ]);
    expect(textOf(await ask('status', {}, askerOf({ channel: 'elsewhere' })))).toContain('There is none here');
  });

  it('send puts the next digest on its way, once in a minute', async () => {
    const stranger = askerOf({ direct: false, mayManage: async () => false });
    expect((await ask('send', { digest: '1' }, stranger)).title).toContain('Only managers');
    expect((await ask('send', { digest: '1' })).title).toBe('On its way');
    expect((await ask('send', { digest: '1' })).title).toBe('It was sent a moment ago');
    const planned = await store.db.selectFrom('deliveries').selectAll().execute();
    expect(planned).toMatchObject([{ due: NOW, state: 'pending', attempts: 0 }]);
    await ask('pause', { digest: '1' });
    expect((await ask('send', { digest: '1' })).title).toBe('This digest is paused');
    await ask('resume', { digest: '1' });
  });

  it('pause, resume and unsubscribe want to know which', async () => {
    for (const action of ['pause', 'resume', 'unsubscribe']) expect((await ask(action)).title).toBe('Which one?');
    expect(textOf(await ask('pause', { digest: '#2' }))).toContain('Paused.');
    expect((await listAll(store.db)).filter(({ state }) => state === 'paused')).toEqual([
      expect.objectContaining({ time: '18:00' }),
    ]);
    await ask('resume', { digest: '2' });
    expect((await listAll(store.db)).every(({ nextDue = 0 }) => nextDue > NOW)).toBe(true);
    expect((await ask('unsubscribe', { digest: '1' })).title).toBe('Unsubscribed');
    expect((await ask('unsubscribe', { digest: '7' })).title).toBe('There is no such digest here');
    await ask('unsubscribe');
    expect(await listAll(store.db)).toEqual([]);
    expect((await ask('pause')).title).toBe('There is no digest here');
  });

  it('shows why the bot paused one', async () => {
    const [first] = await listAll(store.db);
    await pauseSubscription(store.db, first?.id ?? '', 'The channel is archived.');
    expect(textOf(await ask('status'))).toContain('Paused: The channel is archived.');
  });
});

it('a preview needs no subscription, nor a platform; all else does', async () => {
  expect((await ask('preview')).title).toMatch(/^Daily briefing: /);
  expect((await bot.answer(createQuestion('digest', { [ACTION_OPTION]: 'preview' }))).title).toMatch(
    /^Daily briefing: /,
  );
  expect((await bot.answer(createQuestion('digest'))).title).toBe('A digest needs a channel');
});

describe('digests declared in the settings', () => {
  const one = {
    platform: 'test',
    team: 'team',
    channel: 'channel',
    time: '07:00',
    zone: 'UTC',
    days: 'daily' as const,
    topics: [],
  };

  it('come, stay and go with their declaration, and no command changes them', async () => {
    await syncFixedDigests(store.db, [one], NOW);
    await syncFixedDigests(store.db, [one], NOW);
    expect(await listAll(store.db)).toEqual([expect.objectContaining({ fixed: true, time: '07:00' })]);
    expect((await ask('pause')).title).toBe('This digest is set in the bot’s configuration');
    await ask('subscribe', { time: '08:00' });
    await syncFixedDigests(store.db, [], NOW);
    expect(await listAll(store.db)).toEqual([expect.objectContaining({ fixed: false, time: '08:00' })]);
  });

  it('start again if their channel had closed', async () => {
    await syncFixedDigests(store.db, [one], NOW);
    const [first] = await listAll(store.db);
    await pauseSubscription(store.db, first?.id ?? '', 'gone');
    await syncFixedDigests(store.db, [one], NOW);
    expect(await listAll(store.db)).toEqual([
      expect.objectContaining({ state: 'active', nextDue: NOW + 19 * 3_600_000 }),
    ]);
  });
});
