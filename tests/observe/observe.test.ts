import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createBot } from '../../src/core/bot.ts';
import type { Command } from '../../src/core/command.ts';
import { joinObservers } from '../../src/core/observer.ts';
import type { Reply } from '../../src/core/reply.ts';
import type { Sender } from '../../src/core/sender.ts';
import { writeText } from '../../src/core/text.ts';
import { createAlerts } from '../../src/observe/alerts.ts';
import { createMetrics } from '../../src/observe/metrics.ts';
import { startTraces } from '../../src/observe/traces.ts';
import { openContent, openTestBot, strictLog } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';

it('counts answers by platform, command and outcome, deliveries, waits and connections', async () => {
  const platform = { name: 'slack', isConnected: () => true };
  const metrics = createMetrics({
    platforms: [platform],
    deliveries: async () => ({ delivered: 3, pending: 1 }),
  });
  const bot = await openTestBot(undefined, undefined, { observer: metrics.observer });
  await bot.answer(bot.parse('/cargo'));
  await bot.answer(bot.parse('/cargo'));
  await bot.answer(bot.parse('/nonsense-123'));
  const { delivering, waited, limited, restarted, crashed, held } = joinObservers([metrics.observer]);
  delivering({ platform: 'slack', subscription: 's', due: 0 })('delivered', 7000);
  waited('slack', 40);
  limited('slack');
  restarted('slack');
  crashed();
  held(2500);
  const { body, contentType } = await metrics.read();
  expect(contentType).toContain('text/plain');
  for (const line of [
    'briefing_answers_total{platform="page",command="cargo",outcome="answered"} 2',
    'briefing_answers_total{platform="page",command="unknown",outcome="refused"} 1',
    'briefing_answer_seconds_count{platform="page"} 3',
    'briefing_delivery_attempts_total{platform="slack",outcome="delivered"} 1',
    'briefing_digest_lag_seconds_bucket{le="10",platform="slack"} 1',
    'briefing_digest_lag_seconds_bucket{le="5",platform="slack"} 0',
    'briefing_rate_limit_wait_seconds_count{platform="slack"} 1',
    'briefing_rate_limited_total{platform="slack"} 1',
    'briefing_platform_connected{platform="slack"} 1',
    'briefing_platform_restarts_total{platform="slack"} 1',
    'briefing_uncaught_errors_total 1',
    'briefing_event_loop_held_seconds_bucket{le="3"} 1',
    'briefing_event_loop_held_seconds_bucket{le="2"} 0',
    'briefing_deliveries{state="delivered"} 3',
  ]) {
    expect(body).toContain(`${line}\n`);
  }
  expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
});

it('begins with 0 what an alarm watches: in what begins with 1, Prometheus sees no increase', async () => {
  const { body } = await createMetrics({
    platforms: [{ name: 'slack', isConnected: () => true }],
    backups: true,
  }).read();
  for (const line of [
    'briefing_delivery_attempts_total{platform="slack",outcome="unsure"} 0',
    'briefing_delivery_attempts_total{platform="slack",outcome="failed"} 0',
    'briefing_platform_restarts_total{platform="slack"} 0',
    'briefing_rate_limited_total{platform="slack"} 0',
    'briefing_uncaught_errors_total 0',
    'briefing_event_loop_held_seconds_count 0',
    'briefing_backup_last_success_timestamp_seconds 0',
  ]) {
    expect(body).toContain(`${line}\n`);
  }
});

it('says whether the database can be read, and how many reviews are overdue', async () => {
  const read = async (overdue: () => Promise<number>) =>
    (await createMetrics({ platforms: [], database: async () => false, overdue }).read()).body;
  expect(await read(async () => 3)).toContain('briefing_reviews_overdue 3\n');
  expect(await read(async () => 3)).toContain('briefing_database_readable 0\n');
  expect(await read(() => Promise.reject(new Error('closed')))).toContain('briefing_database_readable 0\n');
});

it('gives all else while the database is away', async () => {
  const deliveries = () => Promise.reject(new Error('away'));
  const { body } = await createMetrics({ platforms: [], deliveries }).read();
  expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
});

it('sends a span for each answer to a collector, without what was asked', async () => {
  const received: string[] = [];
  const collector = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      received.push(`${request.url} ${text}`);
      response.setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const traces = startTraces(`http://127.0.0.1:${(collector.address() as AddressInfo).port}`, '1.2.3', recordLog());
  const bot = await openTestBot(undefined, undefined, { observer: traces.observer });
  await bot.answer(bot.parse('how much freight goes through the harbour?'));
  const { delivering } = joinObservers([traces.observer]);
  delivering({ platform: 'discord', subscription: 'abc', due: 0 })('failed', 10);
  await traces.stop();
  await new Promise((resolve) => collector.close(resolve));
  expect(received.join()).toContain('/v1/traces ');
  expect(received.join()).toContain('"answer ask"');
  expect(received.join()).toContain('"deliver digest"');
  expect(received.join()).toContain('"1.2.3"');
  expect(received.join()).not.toContain('freight');
});

it('never fails if no collector listens, and says so', async () => {
  const log = recordLog();
  const traces = startTraces('http://127.0.0.1:9', '1.2.3', log);
  traces.observer.answering?.({ request: 'r', platform: 'page', command: 'ask' })('answered');
  await traces.stop();
  await log.wait(/collector/);
  expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
});

it('tells a channel of repeated failures, once an hour', async () => {
  const sent: { reply: Reply; key: string }[] = [];
  const sender = {
    platform: 'slack',
    send: async (_: unknown, reply: Reply, key: string) => {
      sent.push({ reply, key });
      return 'message';
    },
  } as unknown as Sender;
  let now = 1_000_000;
  const { observer: alerts } = createAlerts({
    target: { platform: 'slack', team: '', channel: 'C1' },
    sender: () => sender,
    now: () => now,
    log: recordLog(),
  });
  const fail = () => alerts.answering?.({ request: 'r', platform: 'discord', command: 'ask' })('failed');
  const miss = () => alerts.delivering?.({ platform: 'slack', subscription: 's', due: 0 })('failed', 0);
  for (let count = 0; count < 4; count += 1) fail();
  alerts.answering?.({ request: 'r', platform: 'discord', command: 'ask' })('answered');
  expect(sent).toEqual([]);
  now += 11 * 60_000;
  fail();
  expect(sent).toEqual([]);
  for (let count = 0; count < 4; count += 1) miss();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.reply.lead).toMatch(/1 × \/ask on discord failed, 4 × a digest on slack was not delivered/);
  expect(sent[0]?.key.length).toBeLessThanOrEqual(25);
  for (let count = 0; count < 20; count += 1) fail();
  expect(sent).toHaveLength(1);
  now += 60 * 60_000;
  for (let count = 0; count < 5; count += 1) fail();
  expect(sent).toHaveLength(2);

  const hours = async (count: number) => {
    for (let hour = 0; hour < count; hour += 1) {
      alerts.backupFailed?.();
      now += 60 * 60_000;
    }
  };
  await hours(24);
  expect(sent).toHaveLength(3);
  expect(sent[2]?.reply.title).toBe('The backup failed');
  await hours(1);
  expect(sent).toHaveLength(4);
  alerts.backedUp?.(now);
  await hours(1);
  expect(sent).toHaveLength(5);
});

it('names in the reply the line of the log that says what went wrong', async () => {
  const content = await openContent((await openTestBot()).library);
  const broken: Command = {
    name: 'broken',
    description: 'Breaks',
    options: [],
    run() {
      throw new Error('a fault of ours');
    },
  };
  const logged: object[] = [];
  const log = { ...strictLog, error: (details: object) => void logged.push(details) };
  const bot = createBot({ ...content, commands: [broken] }, log);
  const { lead = '' } = await bot.answer(bot.parse('/broken'));
  const [, request] = /logged as (\w{8})\./.exec(writeText(lead)) ?? [];
  expect(logged).toEqual([expect.objectContaining({ request, command: 'broken' })]);
});
