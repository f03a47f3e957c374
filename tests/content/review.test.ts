import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countOverdue, nextMonday, remindOfReviews } from '../../src/app/remind-of-reviews.ts';
import { composeReviewWord, dueOn, formatReview, listReviews, type Review } from '../../src/content/review.ts';
import type { Reply } from '../../src/core/reply.ts';
import { writeText } from '../../src/core/text.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { forgetEvents, takeEvent } from '../../src/store/seen.ts';
import { runProgram } from '../support/program.ts';
import { createTestTimers } from '../support/test-timers.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'review-'));
  await cp('tests/fixtures/articles/tram-line', join(directory, 'tram-line'), { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

const path = (file: string) => join(directory, 'tram-line', file);

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path(file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  await writeFile(path(file), text.replace(from, to));
}

const CLAIM = '  - id: fares-rise';

describe('what is due for review', () => {
  it('are claims and notes, shared ones too, with file, line and owner, the earliest first', async () => {
    await edit('topics/fares.md', CLAIM, `${CLAIM}\n  - review by: 2026-08-02\n  - owner: Ada`);
    const reviews = await listReviews(directory);
    expect(reviews.map(({ by }) => by)).toEqual(reviews.map(({ by }) => by).toSorted());
    expect(dueOn(reviews, '2026-08-01')).toEqual([]);
    expect(dueOn(reviews, '2026-08-02').map(formatReview)).toEqual([
      `${path('topics/fares.md')}:13: claim fares-rise, by 2 August 2026 (Ada): From 1 August 2026 a single ticket costs €2.90, up from €2.60, while the price o…`,
    ]);
    expect(reviews.filter(({ what }) => what === 'note [^hearing]')).toMatchObject([
      { file: path('notes.md'), by: '2027-03-10', line: 7 },
    ]);
  });

  it('is nothing of drafts and of what was withdrawn', async () => {
    await edit('topics/fares.md', CLAIM, `${CLAIM}\n  - review by: 2026-08-02\n  - withdrawn: 2026-08-01; wrong`);
    expect(dueOn(await listReviews(directory), '2026-08-02')).toEqual([]);
    await edit('topics/fares.md', 'withdrawn: 2026-08-01; wrong', 'owner: Ada');
    await edit('topics/fares.md', '---\n', '---\ndraft: true\n');
    expect(dueOn(await listReviews(directory), '2026-08-02')).toEqual([]);
    await edit('topics/fares.md', 'draft: true', 'draft: false');
    await edit('article.yaml', 'format: 2', 'format: 2\ndraft: true');
    expect(await listReviews(directory)).toEqual([]);
  });

  it('is listed by briefing review, with what comes next', async () => {
    await edit('topics/fares.md', CLAIM, `${CLAIM}\n  - review by: 2020-08-02`);
    const review = (...args: string[]) => runProgram(['review', directory, ...args]);
    const { code, stdout } = await review();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\S+fares\.md:13: claim fares-rise, by 2 August 2020: .*\n(.*\n)*\d+ reviews? due\. /);
    expect((await review('--within', '99999')).stdout).toContain('Nothing else has a review date.');
    expect(await review('--within', 'soon')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('write one such as 30'),
    });
  });
});

const reviewOf = (count: number): Review => ({
  file: 'a.md',
  line: count,
  what: `claim ${count}`,
  text: 'Text.',
  by: '2026-11-02',
});
const linesOf = ({ entries }: Reply) =>
  entries.flatMap((entry) => (entry.type === 'line' ? [writeText(entry.text)] : []));

describe('the weekly word', () => {
  it('names what is due, and how many more', () => {
    expect(composeReviewWord([])).toBeUndefined();
    const word = composeReviewWord(Array.from({ length: 10 }, (_, index) => reviewOf(index + 1)));
    expect(word).toMatchObject({ title: '10 reviews due', lead: expect.stringContaining('To see 2 more') });
    expect(word && linesOf(word)).toHaveLength(8);
    expect(word && linesOf(word)[0]).toBe('a.md:1: claim 1, by 2 November 2026: Text.');
  });

  const MONDAY = Date.UTC(2026, 10, 2, 9);
  const MINUTE = 60_000;
  const DAY = 24 * 3_600_000;
  let store: Store;
  beforeEach(async () => {
    store = await openStore(`sqlite:${join(directory, 'briefing.db')}`);
  });
  afterEach(() => store.close());

  /** A process that starts at `start` and keeps what it has told in the store. */
  function remind(start: number, list = async () => [reviewOf(1)]) {
    const timers = createTestTimers();
    let skew = 0;
    const posted: string[] = [];
    const failed: string[] = [];
    const taken: Promise<unknown>[] = [];
    const now = () => start + timers.now() - skew;
    const stop = remindOfReviews({
      timers,
      now,
      list,
      take: (key, until) => {
        const taking = takeEvent(store.db, key, until);
        taken.push(taking);
        return taking;
      },
      post: (_, key) => void posted.push(key),
      log: { error: (_, message) => void failed.push(message) },
    });
    return {
      failed,
      stop,
      pending: timers.pending,
      setBack: (ms: number) => {
        skew += ms;
      },
      /** Lets so much time pass, and gives what has been posted since the start. */
      async after(ms: number): Promise<readonly string[]> {
        await timers.advance(ms);
        await Promise.all(taken);
        await forgetEvents(store.db, now() - DAY);
        return posted;
      },
    };
  }

  it('comes on Monday mornings, if something is due', async () => {
    expect(new Date(nextMonday(MONDAY - 1)).toISOString()).toBe('2026-11-02T09:00:00.000Z');
    expect(nextMonday(MONDAY)).toBe(MONDAY + 7 * DAY);
    const process = remind(MONDAY - 3 * DAY);
    expect(await process.after(3 * DAY - 1)).toEqual([]);
    expect(await process.after(1)).toEqual(['review-2026-11-02']);
    expect(await process.after(7 * DAY - 1)).toEqual(['review-2026-11-02']);
    expect(await process.after(1)).toEqual(['review-2026-11-02', 'review-2026-11-09']);
    process.stop();
    expect(process.pending()).toEqual([]);
    const nothing = remind(MONDAY - DAY, async () => [{ ...reviewOf(1), by: '2026-11-03' }]);
    expect(await nothing.after(DAY)).toEqual([]);
  });

  it('comes once a week, however often the bot is started again', async () => {
    const first = remind(MONDAY - DAY);
    expect(await first.after(DAY)).toEqual(['review-2026-11-02']);
    first.stop();
    for (const day of [1, 3, 6]) {
      const again = remind(MONDAY + day * DAY);
      expect(await again.after(MINUTE)).toEqual([]);
      again.stop();
    }
    const next = remind(MONDAY + 6.5 * DAY);
    expect(await next.after(DAY)).toEqual(['review-2026-11-09']);
  });

  it('comes after a start if the bot was down on Monday, and of several processes from one', async () => {
    const processes = [remind(MONDAY + DAY), remind(MONDAY + DAY)];
    for (const process of processes) expect(await process.after(MINUTE - 1)).toEqual([]);
    const posted = await Promise.all(processes.map((process) => process.after(1)));
    expect(posted.flat()).toEqual(['review-2026-11-02']);
  });

  it('waits for a clock that was set back, and survives content that cannot be read', async () => {
    const process = remind(MONDAY - DAY);
    expect(await process.after(MINUTE)).toEqual([]);
    process.setBack(DAY);
    expect(await process.after(DAY - MINUTE)).toEqual([]);
    expect(await process.after(DAY)).toEqual(['review-2026-11-02']);
    const broken = remind(MONDAY - DAY, () => Promise.reject(new Error('no disk')));
    expect(await broken.after(8 * DAY)).toEqual([]);
    expect(broken.failed).toHaveLength(3);
  });
});

it('counts what is overdue, from content that is read once an hour', async () => {
  let now = Date.parse('2026-08-01T22:00Z');
  let reads = 0;
  let fails = false;
  const review: Review = { file: 'a.md', line: 1, what: 'claim a', text: 'A.', by: '2026-08-02' };
  const count = countOverdue(
    async () => {
      reads += 1;
      if (fails) throw new Error('the folder is closed');
      return [review];
    },
    () => now,
  );
  expect([await count(), await count(), reads]).toEqual([0, 0, 1]);
  now += 2 * 3_600_000;
  expect([await count(), reads]).toEqual([1, 2]);
  fails = true;
  now += 3_600_000;
  await expect(count()).rejects.toThrow('closed');
  fails = false;
  expect([await count(), reads]).toEqual([1, 4]);
});
