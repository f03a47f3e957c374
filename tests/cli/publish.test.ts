import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyArticle } from '../support/desk.ts';
import { runProgram, startProgram } from '../support/program.ts';

let content: Awaited<ReturnType<typeof copyArticle>>;
beforeEach(async () => {
  content = await copyArticle();
});
afterEach(() => content.remove());

/** In a data folder of its own: what is published is taken down in the database, if there is one. */
const publish = (...args: string[]) =>
  runProgram(['publish', ...args], {
    CONTENT_DIR: content.directory,
    DATA_DIR: join(content.directory, '.data'),
  });
const costs = () => readFile(join(content.directory, 'tram-line/topics/costs.md'), 'utf8');

it('publishes, takes back, corrects and withdraws', async () => {
  const before = await costs();
  expect((await publish('tram-line/costs', '--draft')).stdout).toBe('tram-line/costs is a draft again.\n');
  expect((await publish()).stdout).toMatch(/^live {3}tram-line\n[\s\S]*draft {2}tram-line\/costs\n/);
  expect((await publish('tram-line/costs')).stdout).toBe('tram-line/costs is published.\n');
  expect(await costs()).toBe(before);
  await publish('tram-line', '--all', '--draft');
  expect((await publish('tram-line/costs')).stdout).toBe(
    'tram-line/costs is ready: readers see it once the article is published.\n',
  );
  await publish('tram-line', '--all');
  const corrected = await publish(
    'tram-line/cost-overrun',
    '--correct',
    'It cost €468 million.',
    '--why',
    'a sum too many',
  );
  expect(corrected.stdout).toContain('Readers are told why.');
  expect(await costs()).toMatch(
    /- It cost €468 million\..*\n[\s\S]*? {2}- corrected: \d{4}-\d\d-\d\d; a sum too many\n/,
  );
  expect((await publish('tram-line/who-pays', '--withdraw', '--why', 'not so')).code).toBe(0);
  expect(await costs()).toMatch(/ {2}- withdrawn: \d{4}-\d\d-\d\d; not so\n/);
});

it('takes an article’s short name, too', async () => {
  const record = join(content.directory, 'tram-line/article.yaml');
  await writeFile(record, (await readFile(record, 'utf8')).replace('format: 2\n', 'format: 2\nshort: Line 6\n'));
  expect((await publish('line-6/costs', '--draft')).stdout).toBe('line-6/costs is a draft again.\n');
  expect((await publish('line-6/who-pays', '--withdraw', '--why', 'not so')).code).toBe(0);
});

it('refuses a correction that the article speaks against, unless it is told to', async () => {
  const before = await costs();
  const wrong = ['tram-line/cost-overrun', '--correct', 'Line 6 has cost €486 million.', '--why', 'a sum too many'];
  const refused = await publish(...wrong);
  expect(refused).toMatchObject({ code: 1, stderr: expect.stringMatching(/costs\.md:\d+: .*486[\s\S]*--anyway/) });
  expect(await costs()).toBe(before);
  expect((await publish(...wrong, '--anyway')).code).toBe(0);
  expect(await costs()).toContain('€486 million');
});

it('publishes no draft that the article speaks against, unless it is told to', async () => {
  await publish('tram-line/costs', '--draft');
  const file = join(content.directory, 'tram-line/topics/costs.md');
  await writeFile(file, (await costs()).replace('numbers: €312 million', 'numbers: €321 million'));
  const refused = await publish('tram-line/costs');
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/costs\.md:\d+: .*€321 million[\s\S]*--anyway/),
  });
  expect(await costs()).toContain('draft: true');
  expect((await publish('tram-line/costs', '--anyway')).stdout).toBe('tram-line/costs is published.\n');
});

it('tells a draft that isn’t worded to be written, and not to stay a draft', async () => {
  await publish('tram-line/costs', '--draft');
  const file = join(content.directory, 'tram-line/topics/costs.md');
  await writeFile(file, (await costs()).replace(/^- .*$/m, '- TO BE WORDED: what it costs'));
  const { stderr } = await publish('tram-line/costs');
  expect(stderr).toMatch(/costs\.md:\d+: the claim is not written yet; write it first\n/);
});

it('says what is in the way', async () => {
  expect((await publish('tram-line/none')).stderr).toContain('Its topics are');
  expect((await publish('tram-line/cost-overrun', '--withdraw')).stderr).toContain('readers have to be told why');
  expect(await publish('tram-line', '--correct', 'x')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('article/claim'),
  });
});

it('the bot starts with drafts alone, says so, and has what is published a moment later', async () => {
  await publish('tram-line', '--all', '--draft');
  const program = startProgram([], {
    CONTENT_DIR: content.directory,
    PORT: '0',
    DATA_DIR: join(content.directory, '.data'),
    FEEDBACK: 'off',
  });
  const [, url = ''] = await program.line(/The editors’ desk is at (\S+)\/desk/);
  await program.line(/everything is a draft, so the bot answers nothing yet/);
  const ask = async () => {
    const body = JSON.stringify({ path: '/costs' });
    const response = await fetch(`${url}/api/answer`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    return ((await response.json()) as { title: string }).title;
  };
  expect(await ask()).toBe('Nothing is published yet');
  expect((await publish('tram-line', '--all')).code).toBe(0);
  await program.line(/content reloaded/);
  expect(await ask()).toBe('Costs');
  program.process.kill();
  expect((await program.ended).code).toBe(0);
});
