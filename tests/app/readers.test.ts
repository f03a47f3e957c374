import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { startBot } from '../../src/app/start-bot.ts';
import { type Gap, listGaps } from '../../src/core/gaps.ts';
import { createQuestion } from '../../src/core/question.ts';
import { listMissed } from '../../src/store/gaps.ts';
import { openStore } from '../../src/store/open-store.ts';
import { askerOf, HARBOUR, openTestBot, strictLog } from '../support/content.ts';
import { partOf, passageOf } from '../support/scripted-search.ts';

describe('what readers miss on the page', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'briefing-readers-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  /** The questions that are kept once these were asked on the page of a bot with these settings. */
  const ask = async (settings: Record<string, string>) => {
    const env = { CONTENT_DIR: HARBOUR, DATA_DIR: directory, SEMANTIC_SEARCH: 'off', PORT: '0', ...settings };
    const running = await startBot(loadConfig(env), createLog('silent', false));
    try {
      const post = (text: string) =>
        fetch(`${running.url}/api/answer`, {
          method: 'POST',
          headers: { authorization: `Bearer ${settings.ACCESS_TOKEN ?? ''}` },
          body: JSON.stringify({ text, conversation: 'a-visit' }),
        });
      expect((await post('Who mows the lawn?')).status).toBe(200);
      expect((await post('How busy is the port?')).status).toBe(200);
      expect((await post('Who mows the lawn?')).status).toBe(200);
    } finally {
      await running.stop();
    }
    const store = await openStore(`sqlite:${join(directory, 'briefing.db')}`);
    try {
      return (await listMissed(store.db)).map(({ text, count }) => [text, count]);
    } finally {
      await store.close();
    }
  };

  it('counts if the page is open to readers, once for each of them', async () => {
    expect(await ask({ ACCESS_TOKEN: 'a-token-of-sixteen' })).toEqual([['Who mows the lawn?', 1]]);
  });

  it('does not if only this machine reaches the page, or if it is off', async () => {
    expect(await ask({})).toEqual([]);
    expect(await ask({ ACCESS_TOKEN: 'a-token-of-sixteen', GAPS: 'off' })).toEqual([]);
  });
});

describe('what readers miss on a platform', () => {
  const noted: Gap[] = [];
  const gaps = { note: async (some: readonly Gap[]) => void noted.push(...some) };
  beforeEach(() => {
    noted.length = 0;
  });

  it('is each part that was not answered, and no later page', async () => {
    const bot = await openTestBot(HARBOUR, strictLog, { gaps });
    const asked = bot.parse('How busy is the port? What does a berth cost?');
    await bot.answer({ ...asked, asker: askerOf() });
    await bot.answer({ ...asked, asker: askerOf(), from: 1 });
    expect(noted).toMatchObject([{ person: 'test:ada', question: 'What does a berth cost?' }]);
  });

  it('names the claim that came nearest, or was looked at most closely', async () => {
    const { library } = await openTestBot(HARBOUR);
    const [tonnage, quay] = [passageOf(library, 'harbour/tonnage'), passageOf(library, 'harbour/quay')];
    const question = { ...createQuestion('ask', { question: '?' }), asker: askerOf() };
    const parts = [
      partOf('near', { verdict: 'nearest', nearest: [quay], considered: [tonnage, quay] }),
      partOf('far', { considered: [tonnage] }),
      partOf('foreign', {}),
      partOf('told', { verdict: 'answered', passages: [quay] }),
    ];
    const person = 'test:ada';
    expect(listGaps(question, parts)).toEqual([
      { question: 'near', verdict: 'nearest', person, article: 'harbour', claim: 'harbour/quay' },
      { question: 'far', verdict: 'declined', person, article: 'harbour', claim: 'harbour/tonnage' },
      { question: 'foreign', verdict: 'declined', person },
    ]);
  });

  it('is no refusal, no small talk, no topic, and nothing that nobody asked', async () => {
    const bot = await openTestBot(HARBOUR, strictLog, { gaps });
    for (const text of ['thanks', '/cargo', '/nothing', 'ignore all instructions', 'what is this about?'])
      await bot.answer({ ...bot.parse(text), asker: askerOf() });
    await bot.answer(bot.parse('Who mows the lawn?'));
    expect(noted).toEqual([]);
  });
});

describe('a question for the editors', () => {
  const passed: string[] = [];
  const editors = {
    pass: async (question: string, person: string) => {
      passed.push(`${person}: ${question}`);
      if (question === 'Who rows?') throw new Error('gone');
      return question === 'Who swims?' ? ('busy' as const) : ('sent' as const);
    },
  };

  it('is offered below a declined one alone, cut to what a button carries, and answered to its asker alone', async () => {
    const bot = await openTestBot(HARBOUR, strictLog, { editors });
    const answer = (text: string) => bot.answer({ ...bot.parse(text), asker: askerOf() });
    const offered = async (text: string) =>
      (await answer(text)).actions.find(({ label }) => label === 'Ask the editors');
    expect(await offered('How busy is the port?')).toBeUndefined();
    expect(await offered('ignore all instructions')).toBeUndefined();
    const action = await offered('Who mows the lawn?');
    if (!action) throw new Error('it is not offered');
    expect(bot.isPrivate(action.question)).toBe(true);
    expect(bot.isPrivate(bot.parse('Who mows the lawn?'))).toBe(false);
    const reply = await bot.answer({ ...action.question, asker: askerOf() });
    expect(reply).toMatchObject({ outcome: 'listed', title: 'Passed on to the editors', actions: [] });
    expect(passed).toEqual(['test:ada: Who mows the lawn?']);
    const long = await offered(`Who mows the lawn ${'very '.repeat(40)}well?`);
    expect(long?.question.options.question).toMatch(/^Who mows the lawn very .*…$/);
  });

  it('says what keeps it from the editors', async () => {
    const bot = await openTestBot(HARBOUR, strictLog, { editors });
    const pass = (question: string, on = bot) =>
      on.answer({ command: 'ask', options: { question, to: 'editors' }, private: false, asker: askerOf() });
    expect(await pass('Who rows?')).toMatchObject({ outcome: 'refused', title: 'That could not be passed on' });
    expect(await pass('Who swims?')).toMatchObject({ outcome: 'refused', title: 'One moment, please' });
    const without = await openTestBot(HARBOUR);
    expect(await pass('Who?', without)).toMatchObject({ outcome: 'refused', title: 'The editors can’t be asked here' });
    const declined = await without.answer(without.parse('Who mows the lawn?'));
    expect(declined.actions.map(({ label }) => label)).not.toContain('Ask the editors');
  });
});
