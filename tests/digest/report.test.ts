import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReport } from '../../src/app/open-report.ts';
import { REPORT } from '../../src/core/digests.ts';
import { createLibrary } from '../../src/core/library.ts';
import type { Reply } from '../../src/core/reply.ts';
import type { Sender } from '../../src/core/sender.ts';
import { writeText } from '../../src/core/text.ts';
import { createDigesting } from '../../src/digest/digesting.ts';
import { createDigests, syncFixedDigests } from '../../src/digest/digests.ts';
import { anonymize, tidyQuestion } from '../../src/editorial/tidy-question.ts';
import { createFeedback } from '../../src/store/feedback.ts';
import { createGaps } from '../../src/store/gaps.ts';
import { latestDeliveries } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { listAll } from '../../src/store/subscriptions.ts';
import { ARTICLE, topicOf } from '../support/content.ts';
import { createTools } from '../support/digesting.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const DAY = 24 * 3_600_000;
/** Monday, 23 November 2026, at 9:00 in Berlin. */
const DUE = Date.UTC(2026, 10, 23, 8, 0);
const DECLARED = {
  platform: 'discord',
  team: '',
  channel: 'editors',
  time: '09:00',
  zone: 'Europe/Berlin',
  days: 'monday',
  topics: [REPORT],
} as const;
const library = createLibrary([ARTICLE], [topicOf('ports')]);

describe.each(['sqlite', 'postgres'] as const)('the weekly report, in %s', (kind) => {
  let store: Store;
  let time: number;
  const posted: Reply[] = [];
  beforeEach(async () => {
    posted.length = 0;
    store = await openStore(kind === 'sqlite' ? 'sqlite::memory:' : await createDatabase());
    time = DUE - 2 * DAY;
    await syncFixedDigests(store.db, [DECLARED], time);
  });
  afterEach(() => store?.close());

  const sources = () => ({ db: store.db, library: () => library, now: () => time });
  const sender: Sender = {
    platform: 'discord',
    paceOf: () => ({ key: 'discord', intervalMs: 0 }),
    send: async (_, reply) => `message-${posted.push(reply)}`,
    find: async () => undefined,
    tell: async () => undefined,
  };
  /** A process that lives for one tick. */
  const tick = async (report = openReport(sources(), true)) => {
    const tools = createTools(store, [sender], library, { report });
    tools.clock.set(time);
    const digesting = await createDigesting(store, tools);
    await digesting.tick();
    await expect.poll(async () => (await latestDeliveries(store.db, id, 1))[0]?.state ?? 'none').not.toBe('pending');
    await digesting.stop();
  };
  let id = '';
  beforeEach(async () => {
    id = (await listAll(store.db))[0]?.id ?? '';
  });

  it('comes once at its local time, whatever restarts, and names nobody', async () => {
    const log = { warn: (_: object, message: string) => expect.unreachable(message) };
    const options = { now: () => time, retentionMs: 90 * DAY };
    const gaps = createGaps(store.db, { ...options, tidy: tidyQuestion, log });
    const old = { question: 'Who rows?', verdict: 'declined', person: 'slack:U0SECRET' } as const;
    time = DUE - 9 * DAY;
    await gaps.note([old]);
    time = DUE - 2 * DAY;
    const asked = {
      question: 'What does a *berth* cost?',
      verdict: 'nearest',
      claim: 'test/x',
      article: 'test',
    } as const;
    await gaps.note([
      { ...asked, person: 'slack:U0SECRET' },
      { ...asked, person: 'slack:2' },
    ]);
    const feedback = createFeedback(store.db, { ...options, anonymize });
    await feedback.rate({ vote: 'helpful', question: 'x y', person: 'slack:1' });
    await feedback.rate({ vote: 'unhelpful', question: 'Is it deep?', person: 'slack:U0SECRET', wanted: 'how deep' });
    await tick();
    expect(posted).toEqual([]);
    time = DUE;
    await tick();
    await tick();
    time += 60_000;
    await syncFixedDigests(store.db, [DECLARED], time);
    await tick();
    expect(posted).toHaveLength(1);
    const [reply] = posted;
    expect(reply).toMatchObject({
      title: 'What readers missed',
      byline: 'For the editors · 16 November 2026 to 22 November 2026',
      lead: '2 questions went without a right answer. Readers found nothing 0 times, only something near 2 times, and not what they asked 1 time. Of 2 votes on answers, 1 say that it helped.',
    });
    expect(reply?.entries.map((entry) => (entry.type === 'line' ? writeText(entry.text) : ''))).toEqual([
      '“What does a *berth* cost?” Nearest: test/x.',
      '“is it deep” Wanted: “how deep”',
    ]);
    expect(reply?.actions).toMatchObject([{ label: 'This report' }]);
    expect(JSON.stringify(posted)).not.toMatch(/SECRET|slack/);
    const [next] = await listAll(store.db);
    expect(next?.nextDue).toBe(DUE + 7 * DAY);
  });

  it('says so if nothing was missed, and can be previewed', async () => {
    const digests = createDigests({
      db: store.db,
      illustrate: async (reply) => reply,
      report: openReport(sources(), false),
      now: () => DUE,
      defaultZone: 'UTC',
    });
    const [subscription] = await listAll(store.db);
    const reply = await digests.preview(subscription, library, {});
    expect(reply).toMatchObject({
      title: 'What readers missed',
      lead: 'No question went unanswered.',
      entries: [],
    });
  });

  it('fits one message, and says how many more there are', async () => {
    const log = { warn: () => undefined };
    const gaps = createGaps(store.db, { now: () => time, retentionMs: 90 * DAY, tidy: tidyQuestion, log });
    const words = ['berth', 'crane', 'ferry', 'tide', 'pilot', 'buoy', 'net', 'dock', 'rope', 'sail', 'oar', 'keel'];
    await gaps.note(words.map((word) => ({ question: `${word} fees`, verdict: 'declined', person: 'slack:1' })));
    const reply = await openReport(sources(), false)(DUE);
    expect(reply.entries).toHaveLength(8);
    expect(reply.entries.at(-1)).toMatchObject({ text: '5 more questions: npx briefing gaps lists them.' });
    expect(reply.total).toBe(8);
  });
});
