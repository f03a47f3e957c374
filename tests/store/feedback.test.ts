import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { startBot } from '../../src/app/start-bot.ts';
import type { Rating } from '../../src/core/feedback.ts';
import { anonymize } from '../../src/editorial/tidy-question.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { countFeedback, createFeedback } from '../../src/store/feedback.ts';
import { listMissed } from '../../src/store/gaps.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { forgetPerson } from '../../src/store/people.ts';
import { HARBOUR } from '../support/content.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const DAY = 24 * 3_600_000;

describe.each(['sqlite', 'postgres'] as const)('feedback in %s', (kind) => {
  let store: Store;
  let time: number;
  beforeEach(async () => {
    time = 100 * DAY + 5000;
    store = await openStore(kind === 'sqlite' ? 'sqlite::memory:' : await createDatabase());
  });
  afterEach(() => store?.close());

  const rate = (parts: Partial<Rating> = {}) =>
    createFeedback(store.db, { now: () => time, retentionMs: 90 * DAY, anonymize }).rate({
      vote: 'helpful',
      question: 'Who buys the oil?',
      person: 'discord:1',
      ...parts,
    });

  it('counts one vote for each person and answer, the last one', async () => {
    await rate();
    await rate({ vote: 'unhelpful', wanted: 'The price of oil' });
    await rate({ person: 'discord:2' });
    await rate({ question: '/drones' });
    expect(await countFeedback(store.db)).toEqual({ helpful: 2, unhelpful: 1 });
    const missed = await listMissed(store.db);
    expect(missed).toMatchObject([{ text: 'who buys the oil', count: 1, wanted: ['the price of oil'] }]);
    await rate({ vote: 'helpful' });
    expect(await listMissed(store.db)).toEqual([]);
  });

  it('holds nobody’s name, and nothing that tells one person’s votes to be one person’s', async () => {
    await rate({ person: 'slack:U0SECRET', wanted: 'write to ada@example.org or 0123 456 789' });
    await rate({ person: 'slack:U0SECRET', question: 'What does it cost?' });
    const rows = await store.db.selectFrom('feedback').selectAll().execute();
    expect(JSON.stringify(rows)).not.toMatch(/U0SECRET|slack|example/);
    // A hash may hold any three digits by chance.
    expect(JSON.stringify(rows.map(({ question, wanted }) => [question, wanted]))).not.toContain('456');
    expect(new Set(rows.map(({ voter }) => voter)).size).toBe(2);
    expect(rows.map(({ day }) => Number(day))).toEqual([100 * DAY, 100 * DAY]);
  });

  it('is hashed with another key in another database', async () => {
    await rate();
    const hashed = () => store.db.selectFrom('feedback').select('voter').executeTakeFirst();
    const first = await hashed();
    await sql`delete from keys`.execute(store.db);
    await sql`delete from feedback`.execute(store.db);
    await rate();
    expect(await hashed()).not.toEqual(first);
  });

  it('is gone after its time', async () => {
    await rate();
    time += 91 * DAY;
    await rate({ question: 'What does it cost?' });
    expect(await countFeedback(store.db)).toEqual({ helpful: 1, unhelpful: 0 });
  });

  it('is gone when its person is forgotten, and nobody else’s is', async () => {
    await rate();
    await rate({ question: '/drones' });
    await rate({ person: 'discord:2' });
    await rate({ person: 'slack:1' });
    expect((await forgetPerson(store.db, 'discord', '1', time)).ratings).toBe(2);
    expect(await countFeedback(store.db)).toEqual({ helpful: 2, unhelpful: 0 });
  });
});

it('is counted in the metrics', async () => {
  const feedback = async () => ({ helpful: 3, unhelpful: 1 });
  const { body } = await createMetrics({ platforms: [], feedback }).read();
  expect(body).toContain('briefing_feedback{vote="helpful"} 3');
  expect(body).toContain('briefing_feedback{vote="unhelpful"} 1');
});

it('is asked for on the page without any platform, and not at all if it is off', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'briefing-feedback-'));
  const open = async (settings: Record<string, string>) => {
    const env = {
      CONTENT_DIR: HARBOUR,
      DATA_DIR: directory,
      SEMANTIC_SEARCH: 'off',
      GAPS: 'off',
      PORT: '0',
      ...settings,
    };
    const running = await startBot(loadConfig(env), createLog('silent', false));
    try {
      const post = (path: string, body: object) =>
        fetch(`${running.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
      const answer = await (await post('/api/answer', { path: '/cargo' })).text();
      const vote = await (await post('/api/rate', { vote: 'rate:helpful:/cargo', conversation: 'v' })).json();
      return {
        asks: answer.includes('rate:helpful:/cargo'),
        vote,
        metrics: await (await fetch(`${running.url}/metrics`)).text(),
      };
    } finally {
      await running.stop();
    }
  };
  try {
    const on = await open({});
    expect(on).toMatchObject({ asks: true, vote: { said: expect.stringContaining('counted as helpful') } });
    expect(on.metrics).toContain('briefing_feedback{vote="helpful"} 1');
    const off = await open({ FEEDBACK: 'off' });
    expect(off).toMatchObject({ asks: false, vote: { said: expect.stringContaining('takes no votes') } });
    expect(off.metrics).not.toContain('briefing_feedback');
  } finally {
    rmSync(directory, { recursive: true });
  }
});
