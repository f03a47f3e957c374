import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { anonymize, tidyQuestion } from '../../src/editorial/tidy-question.ts';
import { createFeedback } from '../../src/store/feedback.ts';
import { createGaps } from '../../src/store/gaps.ts';
import { openStore } from '../../src/store/open-store.ts';
import { HARBOUR } from '../support/content.ts';
import { runProgram } from '../support/program.ts';

const DAY = 24 * 3_600_000;
const RETENTION = 90 * DAY;
let directory: string;
let env: Record<string, string>;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-gaps-'));
  cpSync(HARBOUR, join(directory, 'content'), { recursive: true });
  env = { DATA_DIR: directory, CONTENT_DIR: join(directory, 'content'), GAPS: 'on' };
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Three questions of readers: one asked by two, one answered wrongly, one foreign. */
async function fill(): Promise<void> {
  const store = await openStore(`sqlite:${join(directory, 'briefing.db')}`);
  const now = () => Date.UTC(2026, 10, 20);
  const log = { warn: (_: object, message: string) => expect.unreachable(message) };
  const { note } = createGaps(store.db, { now, retentionMs: RETENTION, tidy: tidyQuestion, log });
  const near = { verdict: 'nearest', article: 'harbour', claim: 'harbour/tonnage' } as const;
  await note([
    { question: 'what is the annual throughput', person: 'slack:1', ...near },
    { question: 'what is the annual throughput', person: 'slack:2', ...near },
    { question: 'Annual throughput?', person: 'slack:3', ...near },
    { question: 'Who mows the lawn?', person: 'slack:1', verdict: 'declined' },
  ]);
  await createFeedback(store.db, { now, retentionMs: RETENTION, anonymize }).rate({
    vote: 'unhelpful',
    question: 'When was the quay rebuilt?',
    person: 'slack:2',
    wanted: 'by whom',
  });
  await store.close();
}

const run = async (...args: string[]) => {
  const { stdout, stderr } = await runProgram(args, env);
  return stdout + stderr;
};

it('lists what readers missed, and editors deal with it from the terminal', async () => {
  await runProgram(['ask', '--json'], env, 'Who mows the lawn?\n');
  expect(await run('gaps')).toBe('No reader has missed anything yet.\n');
  await fill();
  expect(await run('gaps')).toBe(
    [
      'No  Count  First       Last        Verdict    Nearest claim    Question',
      ' 1      3  2026-11-20  2026-11-20  nearest    harbour/tonnage  what is the annual throughput',
      '                                                               Annual throughput?',
      ' 2      1  2026-11-20  2026-11-20  declined   –                Who mows the lawn?',
      ' 3      1  2026-11-20  2026-11-20  unhelpful  harbour/quay     when was the quay rebuilt',
      '                                                               wanted: by whom',
      '',
      'To deal with one: briefing gaps answer NUMBER CLAIM, gaps open NUMBER TOPIC, or gaps dismiss NUMBER.',
      '',
    ].join('\n'),
  );
  expect(JSON.parse(await run('gaps', '--json'))[0]).toMatchObject({ count: 3, nearest: ['harbour/tonnage'] });

  const wordings = () => readFileSync(join(directory, 'content/harbour/wordings/cargo.yaml'), 'utf8');
  const before = wordings();
  const dry = await run('gaps', 'answer', '1', 'tonnage', '--dry-run');
  expect(dry).toMatch(/^Of \d+ questions with a known answer/);
  expect(dry).toContain('“what is the annual throughput” was');
  expect(wordings()).toBe(before);
  expect(await run('gaps', 'answer', '1', 'harbour/tonnage')).toContain('Added “What is the annual throughput?” to ');
  expect(wordings()).toBe(
    before.replace(
      "    - What is the port's yearly volume?\n",
      (line) => `${line}    - What is the annual throughput?\n`,
    ),
  );
  expect(await run('gaps', 'dismiss', 'When was the quay rebuilt?')).toBe('Dismissed: when was the quay rebuilt\n');
  expect(await run('gaps', 'open', '1', 'cargo')).toContain('Added “Who mows the lawn?” to ');
  expect(wordings().trimEnd().endsWith('  - Who mows the lawn?')).toBe(true);
  expect(await run('gaps')).toBe('No reader has missed anything yet.\n');
}, 60_000);

it('says what is wrong with an act', async () => {
  await fill();
  expect(await run('gaps', 'dismiss', '9')).toContain('There is no missed question 9. npx briefing gaps lists them');
  expect(await run('gaps', 'answer', '1', 'none')).toContain('There is no claim none.');
  expect(await run('gaps', 'answer', '1', 'tonnage', '--text', 'how busy is the PORT')).toContain(
    '“how busy is the PORT” stands in the content already. Give a different wording with --text.',
  );
}, 60_000);

it('explains a verdict in words, for one question and for lines of them', async () => {
  const one = await run('ask', '--debug', 'How much freight goes through the harbour?');
  expect(one).toContain('The question stands under it word for word.');
  const { stdout } = await runProgram(['ask', '--debug', '--json'], env, 'Who mows the lawn?\nHow busy is the port?\n');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.map(({ question, verdict }) => [question, verdict])).toEqual([
    ['Who mows the lawn?', 'declined'],
    ['How busy is the port?', 'answered'],
  ]);
  expect(lines[1].sentences[0]).toContain('harbour/tonnage answers');
}, 60_000);

it('suggests wordings for a claim, and what a topic leaves open', async () => {
  expect(await run('suggest', 'tonnage')).toContain('  - Who gives the figure of over 4 million tonnes?\n');
  expect(await run('suggest', 'cargo')).toContain('harbour/grain: ');
  expect(await run('suggest', '--model')).toContain('No model is set up. Set SELECTOR_URL and SELECTOR_MODEL.');
}, 60_000);
