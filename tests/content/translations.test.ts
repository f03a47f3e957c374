import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { renderTerminal } from '../../src/adapters/terminal/render-reply.ts';
import { lintContent } from '../../src/content/lint/lint-content.ts';
import { createQuestion } from '../../src/core/question.ts';
import { composeLanguage } from '../../src/core/reply.ts';
import { COMMAND_NAMES, HARBOUR, openTestBot } from '../support/content.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'content-'));
  await cp(HARBOUR, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

/** Writes translations of the topic on cargo. */
async function translate(text: string, topic = 'cargo'): Promise<void> {
  const folder = join(directory, 'harbour', 'translations');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${topic}.yaml`), text);
}

async function codesOf(): Promise<string[]> {
  const { faults, advice } = await lintContent(directory, COMMAND_NAMES);
  return [...faults, ...advice].map(({ code, file, line }) => `${code} ${file.split('/').at(-1)}:${line}`);
}

const { library } = await openTestBot(HARBOUR);
const cargo = library.find('cargo');
const [claim] = cargo?.claims ?? [];
if (!cargo || !claim) throw new Error('the harbour has no cargo');
const id = claim.id.split('/').at(-1) ?? '';
const numbers = claim.text.match(/\d[\d,.]*\d|\d/g)?.join(' ') ?? '';

describe('a translation', () => {
  it('stands in place of the claim for its readers alone, marked as the editors’', async () => {
    await translate(`tr:\n  title: Yük\n  summary: Yük hakkında.\n  claims:\n    ${id}: "Türkçe ifade ${numbers}"\n`);
    const bot = await openTestBot(directory);
    const reply = await bot.answer({ ...createQuestion('cargo'), locale: 'tr' });
    const seen = [JSON.stringify(renderDiscord(reply)), JSON.stringify(renderSlack(reply))];
    for (const text of [...seen.map((one) => one.replace(/[*\\]/g, '')), renderTerminal(reply, 500, (_, one) => one)]) {
      expect(text).toContain(`Türkçe ifade ${numbers}`);
      expect(text).toContain('editörlerin çevirisi');
      expect(text).not.toContain(claim.text);
    }
    expect(reply.title).toBe('Yük');
    const russian = await bot.answer({ ...createQuestion('cargo'), locale: 'ru' });
    expect(JSON.stringify(renderSlack(russian))).not.toContain('Türkçe');
    const english = await bot.answer(createQuestion('cargo'));
    const [before] = await Promise.all([openTestBot(HARBOUR)]);
    expect(renderDiscord(english)).toEqual(renderDiscord(await before.answer(createQuestion('cargo'))));
  });

  it('says nothing of the claims’ language once all are translated', async () => {
    const lines = cargo.claims.map(({ id: whole }) => `    ${whole.split('/').at(-1)}: Bir ifade`);
    const notes = cargo.claims.flatMap((one) => one.notes).length;
    await translate(`tr:\n  claims:\n${lines.join('\n')}\n`);
    const bot = await openTestBot(directory);
    const line = composeLanguage(await bot.answer({ ...createQuestion('cargo'), locale: 'tr' }));
    expect(line === undefined).toBe(notes === 0);
  });

  it('changes no page, answer or follow-up', async () => {
    await translate(`tr:\n  title: Yük\n  claims:\n    ${id}: "${'uzun '.repeat(90)}${numbers}"\n`);
    const bot = await openTestBot(directory);
    const ids = async (locale: 'tr' | 'en') =>
      (await bot.answer({ ...createQuestion('cargo'), locale })).entries.flatMap((one) =>
        one.type === 'claim' ? [one.claim.id] : [],
      );
    expect(await ids('tr')).toEqual(await ids('en'));
  });
});

describe('lint names a translation', () => {
  it('of a topic, a claim or a note that isn’t there', async () => {
    await translate('tr:\n  claims:\n    nothing: Hiç\n  notes:\n    nobody: Hiç\n');
    await translate('tr:\n  title: Yok\n', 'nowhere');
    expect(await codesOf()).toEqual(
      expect.arrayContaining([
        'wordings-claim cargo.yaml:3',
        'translation-note cargo.yaml:5',
        'wordings-orphan nowhere.yaml:1',
      ]),
    );
  });

  it('into a language that the bot doesn’t speak', async () => {
    await translate('xx:\n  title: Yok\n');
    expect(await codesOf()).toEqual(['translation-language cargo.yaml:1']);
  });

  it('whose numbers are not the claim’s', async () => {
    await translate(`tr:\n  claims:\n    ${id}: "Türkçe ifade ${numbers} 77777"\n`);
    expect(await codesOf()).toEqual(['translation-number cargo.yaml:3']);
    await translate(`tr:\n  claims:\n    ${id}: "Türkçe ifade ${numbers}"\n`);
    expect(await codesOf()).toEqual([]);
  });
});
