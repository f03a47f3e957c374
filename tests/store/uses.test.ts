import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { copyStore } from '../../src/store/copy-store.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { createUses, readUses } from '../../src/store/uses.ts';
import { recordLog } from '../support/discord-harness.ts';
import { createDatabase } from '../support/shared-postgres.ts';
import { createTestTimers } from '../support/test-timers.ts';

const DAY = 24 * 3_600_000;
const TODAY = Date.parse('2026-11-25');

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-uses-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  const openAnother = async () =>
    openStore(
      kind === 'sqlite' ? `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}` : await createDatabase(),
    );
  let store: Store;
  let now: number;
  let total: [string, number][];
  beforeEach(async () => {
    now = TODAY + 5 * 3_600_000;
    total = [];
    store = await openAnother();
  });
  afterEach(() => store?.close());

  const log = recordLog();
  const open = () => {
    const timers = createTestTimers();
    const onShown = (how: string, count: number) => void total.push([how, count]);
    const uses = createUses(store.db, { now: () => now, timers, retentionMs: 30 * DAY, onShown, log });
    return { ...uses, timers };
  };
  const counts = async (since?: number) =>
    (await readUses(store.db, since)).map(({ claim, counts: { answer, nearest, page, digest } }) => [
      claim,
      answer,
      nearest,
      page,
      digest,
    ]);

  it('adds up what several processes count, the claims that answered most first', async () => {
    const [first, second] = [open(), open()];
    first.note(['a/x', 'a/y'], 'page');
    first.note(['a/y'], 'answer');
    first.note(['a/y'], 'answer');
    second.note(['a/y'], 'answer');
    second.note(['a/x'], 'nearest');
    second.note(['a/z'], 'digest');
    second.note([], 'digest');
    await Promise.all([first.stop(), second.stop()]);
    expect(await counts()).toEqual([
      ['a/y', 3, 0, 1, 0],
      ['a/x', 0, 1, 1, 0],
      ['a/z', 0, 0, 0, 1],
    ]);
    expect(total).toContainEqual(['page', 2]);
    expect(total).toHaveLength(6);
  });

  it('writes at most once in ten seconds, and keeps days apart', async () => {
    const { note, stop, timers } = open();
    note(['a/x'], 'answer');
    note(['a/x'], 'answer');
    expect(timers.pending()).toEqual([10_000]);
    await timers.advance(10_000);
    await expect.poll(() => counts()).toEqual([['a/x', 2, 0, 0, 0]]);
    now += DAY;
    note(['a/x'], 'answer');
    await stop();
    expect(timers.pending()).toEqual([]);
    expect(await counts()).toEqual([['a/x', 3, 0, 0, 0]]);
    expect(await counts(TODAY + DAY)).toEqual([['a/x', 1, 0, 0, 0]]);
    expect((await readUses(store.db))[0]?.last).toBe(TODAY + DAY);
  });

  it('forgets counts after the time for which they are kept', async () => {
    const { note, stop } = open();
    note(['a/x'], 'answer');
    await stop();
    now += 31 * DAY;
    const later = open();
    later.note(['a/y'], 'answer');
    await later.stop();
    expect(await counts()).toEqual([['a/y', 1, 0, 0, 0]]);
  });

  it('never grows beyond its bound, and outlives a database that fails', async () => {
    const { note, stop } = open();
    note(
      Array.from({ length: 6000 }, (_, index) => `a/${index}`),
      'answer',
    );
    await stop();
    expect(await readUses(store.db)).toHaveLength(5000);
    await store.db.schema.dropTable('uses').execute();
    const failing = open();
    failing.note(['a/x'], 'answer');
    await failing.stop();
    expect(log.lines.at(-1)?.message).toBe('the claims that were shown could not be counted');
  });

  it('goes over to another database', async () => {
    const { note, stop } = open();
    note(['a/x'], 'answer');
    await stop();
    const other = await openAnother();
    try {
      await copyStore(store, other, () => undefined);
      await copyStore(store, other, () => undefined);
      expect((await readUses(other.db))[0]?.counts.answer).toBe(1);
    } finally {
      await other.close();
    }
  });
});
