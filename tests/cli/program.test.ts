import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, HARBOUR } from '../support/content.ts';
import { type Program, runProcess, runProgram, startProgram } from '../support/program.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'briefing-'));
  await cp(HARBOUR, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

const harbour = () => ({ CONTENT_DIR: directory });

describe('start', () => {
  let program: Program | undefined;
  afterEach(async () => {
    program?.process.kill('SIGKILL');
    await program?.ended;
  });

  async function start(env: Record<string, string> = {}): Promise<string> {
    program = startProgram(['start'], { ...harbour(), PORT: '0', ...env });
    const [, url] = await program.line(/The local page is at (http:\S+)/);
    return url as string;
  }

  async function ask(url: string, text: string): Promise<{ outcome: string; title: string }> {
    const response = await fetch(`${url}/api/answer`, { method: 'POST', body: JSON.stringify({ text }) });
    return (await response.json()) as { outcome: string; title: string };
  }

  it('prints its two addresses and nothing else, is healthy and ready, and answers', async () => {
    const url = await start({ LOG_LEVEL: 'silent' });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, content: { topics: 2 } });
    expect(await ask(url, 'cargo')).toMatchObject({ outcome: 'answered', title: 'Cargo' });
    program?.process.kill('SIGTERM');
    const { stdout, stderr } = (await program?.ended) ?? {};
    expect(stdout).toBe(`The local page is at ${url}\nThe editors’ desk is at ${url}/desk\n`);
    expect(stderr).toBe('');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('stops cleanly on %s, with connections open', async (signal) => {
    const url = await start();
    const stream = await fetch(`${url}/healthz`, { keepalive: true });
    program?.process.kill(signal);
    const { code, stderr } = (await program?.ended) ?? {};
    await stream.text();
    expect(code).toBe(0);
    expect(stderr).toContain(signal);
  });

  it('answers what was asked before it was told to stop', async () => {
    const url = await start();
    const asked = Array.from({ length: 40 }, () => ask(url, 'cargo'));
    await asked[0];
    program?.process.kill('SIGTERM');
    const answers = await Promise.all(asked);
    expect(answers.map(({ outcome }) => outcome)).toEqual(Array(40).fill('answered'));
    expect((await program?.ended)?.code).toBe(0);
  });

  it('shows metrics, and neither these nor the page to other machines without the token', async () => {
    const url = await start();
    await ask(url, 'cargo');
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('briefing_answers_total{platform="page",command="cargo",outcome="answered"} 1');
    program?.process.kill('SIGKILL');
    await program?.ended;

    program = startProgram(['start'], { ...harbour(), PORT: '0', HOST: '0.0.0.0' });
    const [, open = ''] = await program.line(/health checks are at (http:\S+)\/healthz/);
    for (const path of ['/', '/metrics', '/api/complete?line=/'])
      expect((await fetch(`${open}${path}`)).status).toBe(404);
    expect((await fetch(`${open}/readyz`)).status).toBe(200);
    program.process.kill('SIGKILL');
    expect((await program.ended).stderr).toContain('stay off until ACCESS_TOKEN is set');

    const token = 'a-token-of-16-letters';
    program = startProgram(['start'], { ...harbour(), PORT: '0', HOST: '0.0.0.0', ACCESS_TOKEN: token });
    const [, guarded = ''] = await program.line(/local page is at (http:\S+)/);
    expect((await fetch(`${guarded}/metrics`)).status).toBe(401);
    const headers = { authorization: `Bearer ${token}` };
    expect((await fetch(`${guarded}/metrics`, { headers })).status).toBe(200);
  });

  it('ends with the npm that started it, if npm alone is told to stop', async () => {
    const { PATH = '', HOME = '' } = process.env;
    const env = { PATH, HOME, ...harbour(), PORT: '0', SEMANTIC_SEARCH: 'off', GAPS: 'off' };
    const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let log = '';
    npm.stderr.on('data', (chunk) => {
      log += chunk;
    });
    await new Promise<void>((resolve) =>
      npm.stdout.on('data', (chunk) => `${chunk}`.includes('local page') && resolve()),
    );
    npm.kill('SIGTERM');
    // The pipes close once nobody holds them, the bot included.
    await once(npm, 'close');
    expect(log).toContain('stopping');
  });

  it('takes a saved file at once, and keeps the last good content after a faulty one', async () => {
    const url = await start();
    const file = join(directory, 'harbour/topics/cargo.md');
    const good = await readFile(file, 'utf8');
    await writeFile(file, good.replace('# Cargo', '# Freight'));
    await program?.line(/content reloaded/);
    expect(await ask(url, '/cargo')).toMatchObject({ title: 'Freight' });

    await writeFile(file, good.replace('kind: figure', 'kind: wrong'));
    const [line] = (await program?.line(/content has errors.*|cargo\.md:\d+: kind "wrong"/)) ?? [];
    expect(line).toBeDefined();
    expect(await ask(url, '/cargo')).toMatchObject({ title: 'Freight' });
    expect(await ask(url, 'ferries')).toMatchObject({ outcome: 'answered' });
    const state = async () => (await fetch(`${url}/readyz`)).json();
    await expect.poll(state).toMatchObject({ ready: true, content: { faulty: true } });
    await writeFile(file, good);
    await expect.poll(state).toMatchObject({ ready: true, content: { faulty: false } });
  });

  it('says what to do if the port is taken', async () => {
    const port = new URL(await start()).port;
    const { code, stderr } = await runProcess(['start'], { ...harbour(), PORT: port });
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} is taken by another program. Choose another one: PORT=`);
    expect(stderr).not.toContain('at ');
  });

  it('prints every fault of broken content and does not start', async () => {
    const file = join(directory, 'harbour/topics/cargo.md');
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll('- kind: ', '- sort: '));
    const { code, stdout, stderr } = await runProcess(['start'], { ...harbour(), PORT: '0' });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.match(/cargo\.md:\d+: kind is missing/g)).toHaveLength(3);
  });

  it('prints every bad setting and does not start', async () => {
    const { code, stderr } = await runProcess(['start'], { ...harbour(), PORT: 'x', LOG_LEVEL: 'y' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^PORT isn't a whole number.*\nLOG_LEVEL isn't a log level.*\n$/);
  });
});

describe('ask', () => {
  it('answers once as text', async () => {
    const { code, stdout } = await runProgram(['ask', 'ferries'], harbour());
    expect(code).toBe(0);
    expect(stdout).toContain('Opinion · paragraph 3 · Mara Lindqvist');
    expect(stdout).toContain('Editors’ notes, not from the article');
  });

  it('answers an empty question as one, and opens no prompt', async () => {
    const { code, stdout } = await runProgram(['ask', ''], harbour(), 'cargo\n');
    expect(code).toBe(0);
    expect(stdout).toContain('What would you like to know?');
    expect(stdout).not.toContain('Cargo\n“');
  });

  it('answers once as JSON', async () => {
    const { stdout } = await runProgram(['ask', '--json', 'who', 'promised', 'another', 'vessel?'], harbour());
    const answer = JSON.parse(stdout);
    expect(answer.parts).toHaveLength(1);
    expect(answer).toMatchObject({
      question: 'who promised another vessel?',
      verdict: 'answered',
      answered: true,
      nearest: [],
      record: null,
      byline: '“A Harbour Worth Keeping” by Mara Lindqvist · opinion',
      lead: 'You asked: “who promised another vessel?”',
      topic: 'ferries',
      claims: [
        {
          id: 'harbour/second-ship',
          text: 'The mayor is said to have promised a second ship on a 3 May, in a year that is not given.',
          paragraphs: [4],
          kind: 'attributed',
          speaker: 'the mayor',
          notes: [
            { kind: 'framing', text: 'The ferry company disagrees about the demand.' },
            { kind: 'outdated', text: 'The order was cancelled later.' },
          ],
        },
      ],
      suggestions: ['ferries'],
    });
  });

  it('answers each line of its input with one line, in order, all pages of a topic in one', async () => {
    const lines = ['/mediation', '', 'what is the weather in Oslo?', 'x'.repeat(10_000), '\u202E@everyone <!here>'];
    const { code, stdout } = await runProgram(['ask', '--json'], { CONTENT_DIR: CONTENT }, lines.join('\n'));
    const answers = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(answers.map(({ question }) => question)).toEqual(lines);
    expect(answers.map(({ answered }) => answered)).toEqual([true, false, false, false, false]);
    expect(answers[0].claims.length).toBeGreaterThan(8);
    expect(answers[2]).toMatchObject({ topic: null, claims: [] });
  });

  it('talks at a prompt: a question, a number for a button, the end', async () => {
    const { code, stdout } = await runProgram(['ask'], harbour(), 'cargo\n4\nexit\nferries\n');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Cargo\n[\s\S]*3 Sources {3}4\s+Ferries[\s\S]*Ferries\n/);
    expect(stdout.match(/every hour/g)).toHaveLength(1);
  });
});

describe('topics', () => {
  it('lists them as JSON with all paragraphs of the article between them', async () => {
    const { stdout } = await runProgram(['topics', '--json']);
    const topics = JSON.parse(stdout) as { slug: string; command: string; article: string; paragraphs: unknown[] }[];
    expect(topics.find(({ slug }) => slug === 'drones')).toEqual({
      slug: 'drones',
      title: 'Drones',
      command: '/drones',
      article: 'azerbaijan-israel',
      paragraphs: [8],
    });
    const covered = new Set(topics.flatMap(({ paragraphs }) => paragraphs));
    expect(covered).toEqual(new Set([...Array.from({ length: 19 }, (_, index) => index + 1), 'author']));
    expect(topics.map(({ slug }) => slug)).toEqual(expect.arrayContaining(['drones', 'energy', 'mediation']));
  });
});

describe('lint and new', () => {
  it('a new topic is a draft, answered from once it is worded', async () => {
    const made = await runProgram(['new', 'topic', 'light-house'], harbour());
    expect(made.code).toBe(0);
    expect(await readFile(join(directory, 'harbour/topics/light-house.md'), 'utf8')).toContain('# Light house');
    const lint = () => runProgram(['lint'], harbour());
    const drafts = 'Drafts, not used in answers: 0 articles, 1 topic.\n';
    expect((await lint()).stdout).toMatch(new RegExp(`^No errors: 1 article, 2 topics, \\d+ claims\\.\n${drafts}$`));
    const file = join(directory, 'harbour/topics/light-house.md');
    const written = await readFile(file, 'utf8');
    await writeFile(file, written.replace('- kind:', '- sort:'));
    const { code, stdout } = await lint();
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 topic\.\nTo correct before they are published:\n\S+light-house\.md:\d+: /);
    const published = written.replace('draft: true\n', '');
    await writeFile(file, published);
    expect((await lint()).stderr).toMatch(/light-house\.md:\d+: the claim is not written yet/);
    await writeFile(file, published.replaceAll('TO BE WORDED: ', ''));
    expect(await lint()).toMatchObject({ code: 0, stdout: expect.stringContaining('3 topics') });
  });

  it.each([
    ['Bad Name', /valid slash command\. Use lower-case/],
    ['help', /is a command of the bot/],
    ['cargo', /already exists/],
  ])('refuses to make "%s"', async (slug, message) => {
    const { code, stderr } = await runProgram(['new', 'topic', slug], harbour());
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
  });

  it('names file and line and exits with 1', async () => {
    const file = join(directory, 'harbour/topics/cargo.md');
    await writeFile(file, (await readFile(file, 'utf8')).replace('(ferries.md)', '(trains.md)'));
    const { code, stderr } = await runProgram(['lint', directory]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/cargo\.md:\d+: there is no topic trains\.md; correct the link, or remove it\n$/);
  });

  it('names the check of an advice, and lets a comment turn it off', async () => {
    const file = join(directory, 'harbour/topics/cargo.md');
    const vague = (await readFile(file, 'utf8')).replace('counts 3.6 million', 'counts less');
    await writeFile(file, vague);
    const { code, stderr } = await runProgram(['lint', directory]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/cargo\.md:\d+: note \[\^count\] .*; give their number .* \(contested-number\)\n$/);
    await writeFile(file, vague.replace('[^count]\n', '[^count] <!-- lint: contested-number -->\n'));
    expect((await runProgram(['lint', directory])).code).toBe(0);
  });
});

it('shows help and version, and says what it does not know', async () => {
  expect(await runProgram(['--version'])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  expect((await runProgram(['--help'])).stdout).toContain('ask [options] [question...]');
  expect(await runProgram(['xylophone'])).toMatchObject({
    code: 1,
    stderr: 'There is no command xylophone. To see all commands, run: npx briefing --help\n',
  });
});

it.each([
  [
    ['strat'],
    'There is no command strat. Did you mean start or stats? To see all commands, run: npx briefing --help\n',
  ],
  [['start', 'foo'], 'start takes no foo. Run: npx briefing start\n'],
])('%j is met with the command that was meant', async (args, stderr) => {
  expect(await runProgram(args)).toMatchObject({ code: 1, stderr });
});

it('names the host that can’t be reached', async () => {
  const env = {
    DISCORD_TOKEN: `${Buffer.from('1'.repeat(18)).toString('base64')}.x.y`,
    DISCORD_API_URL: 'http://127.0.0.1:9/api',
  };
  const { code, stderr } = await runProgram(['invite'], env);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^127\.0\.0\.1:9 can't be reached \(ECONNREFUSED\)\. Check this machine/);
});

it('says which digests of the settings the bot doesn’t know yet', async () => {
  const env = { DATA_DIR: directory, DIGEST_CHANNELS: 'slack:C0123ABCD 08:00 Europe/London weekdays' };
  const announced =
    'DIGEST_CHANNELS: slack:C0123ABCD, 08:00 Europe/London, weekdays, is taken up when the bot starts with it.\n';
  expect((await runProgram(['digest', 'list'], env)).stdout).toBe(`Nobody has subscribed yet.\n${announced}`);
  const due = await runProgram(['digest', 'run-due', '--dry-run', '--at', '2026-11-27T08:00Z'], env);
  expect(due.stdout).toBe(`Nothing is due.\n${announced}`);
});

it.each([
  [['eval', 'none.jsonl'], "none.jsonl can't be read (ENOENT). Check its name.\n"],
  [['backup', '/none/there.db'], /^There is no (database at|folder \/none)/],
])('says what is wrong with %j in one line', async (args, message) => {
  const { code, stderr } = await runProgram(args, harbour());
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

// The tests run commands in their own process. One that leaves something open, such as a database, would never end by itself.
it.each([
  [['--version']],
  [['ask', '--json', 'ferries']],
  [['lint']],
  [['gaps']],
  [['digest', 'list']],
  [['forget', '--user', 'discord:123456789012345678']],
  [['manifest']],
])('ends by itself, and prints the same in a process of its own: %j', async (args) => {
  const settings = { ...harbour(), DATABASE_URL: `sqlite:${join(directory, 'briefing.db')}` };
  const own = await runProcess(args, settings);
  expect(own).toEqual(await runProgram(args, settings));
  expect(own.code).toBe(0);
  expect(own.stdout).not.toBe('');
});
