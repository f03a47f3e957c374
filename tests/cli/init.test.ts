import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadConfig } from '../../src/app/config.ts';
import { composeRepository, writeRepository } from '../../src/content/new-repository.ts';
import { HARBOUR } from '../support/content.ts';
import { runProgram, startProgram } from '../support/program.ts';

const PAGE = resolve('tests/fixtures/import/pages/wire.html');

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'briefing-init-'));
});
afterEach(() => rm(home, { recursive: true }));

const listFiles = async (folder: string) =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const git = (...args: string[]) =>
  spawnSync('git', ['-C', home, '-c', 'user.name=Editor', '-c', 'user.email=editor@example.org', ...args], {
    encoding: 'utf8',
  });

/** Runs the lint step of the workflow in the repository, with a `docker` that runs the bot from here in place of the image. */
async function runWorkflow(image: string) {
  const { jobs } = parse(await readFile(join(home, '.github/workflows/lint.yml'), 'utf8'));
  const step = jobs.lint.steps.find(({ name }: { name?: string }) => name === 'Lint');
  const bin = join(home, '.git/bin');
  await mkdir(bin, { recursive: true });
  await writeFile(
    join(bin, 'docker'),
    `#!/bin/sh\n[ "$1 $6 $8 $9" = "run --volume ${image} node" ] || exit 9\nshift 10\ncd ${resolve('.')} && exec ${process.execPath} bin/briefing.js "$1" "${home}$2"\n`,
  );
  chmodSync(join(bin, 'docker'), 0o755);
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return spawnSync('bash', ['-e', '-c', step.run], {
    cwd: home,
    env: { PATH: `${bin}:${PATH}`, NODE_COMPILE_CACHE, IMAGE: image, NO_COLOR: '1' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

it('begins a repository that holds a newsroom’s own article and nothing of the bot’s', async () => {
  const { code, stdout, stderr } = await runProgram([
    'init',
    home,
    '--import',
    PAGE,
    '--image',
    'registry.example/bot:1',
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain(`1. Write CONTENT_DIR=${join(home, 'content')} into the bot's .env`);
  expect(stdout).toContain(
    'Set apart and not numbered: standfirst (1), byline (2), caption (1), advertisement (6), pull quote (2)',
  );
  const article = 'content/coal-terminal-at-brenna-to-close-by-2031';
  expect(await listFiles(home)).toEqual([
    '.github/workflows/lint.yml',
    '.gitignore',
    'README.md',
    ...['article.yaml', 'paragraphs.md'].map((name) => `${article}/${name}`),
    ...['topics/coal-terminal.md', 'topics/fears-for-jobs.md', 'topics/what-may-come-instead.md'].map(
      (name) => `${article}/${name}`,
    ),
    ...['wordings/coal-terminal.yaml', 'wordings/fears-for-jobs.yaml', 'wordings/what-may-come-instead.yaml'].map(
      (name) => `${article}/${name}`,
    ),
  ]);

  // Git takes all of it but somebody else's text.
  expect(git('init', '--quiet').status).toBe(0);
  git('add', '--all');
  const added = git('ls-files').stdout.trim().split('\n');
  expect(added).toHaveLength(10);
  expect(added.filter((path) => path.includes('paragraphs'))).toEqual([]);

  const { status, stdout: linted } = await runWorkflow('registry.example/bot:1');
  expect([status, linted]).toEqual([0, expect.stringContaining('everything is a draft')]);
  await mkdir(join(home, 'content/other'));
  await writeFile(join(home, 'content/other/article.yaml'), 'format: 2\n');
  const failed = await runWorkflow('registry.example/bot:1');
  expect([failed.status, failed.stderr]).toEqual([
    1,
    expect.stringContaining('other/article.yaml:1: title is missing'),
  ]);
});

it('works without an article, and the workflow says where to name the image', async () => {
  expect((await runProgram(['init', join(home, 'new/deep')])).stdout).toContain(
    '4. On GitHub, set the variable BRIEFING_IMAGE',
  );
  expect(await listFiles(join(home, 'new/deep'))).toEqual(['.github/workflows/lint.yml', '.gitignore', 'README.md']);
  expect(existsSync(join(home, 'new/deep/content'))).toBe(true);
  await rename(join(home, 'new/deep/.github'), join(home, '.github'));
  const { status, stdout } = await runWorkflow('');
  expect([status, stdout]).toEqual([1, expect.stringContaining('::error::Name the bot')]);
});

it('overwrites nothing, and leaves nothing behind if the article cannot be imported', async () => {
  await writeFile(join(home, 'README.md'), 'mine');
  await expect(writeRepository(home, await composeRepository())).rejects.toThrow(
    `${join(home, 'README.md')} already exists. Choose another folder, or move that file away.`,
  );
  expect(await listFiles(home)).toEqual(['README.md']);

  const missing = await runProgram(['init', join(home, 'new'), '--import', join(home, 'none.html')]);
  expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining('none.html cannot be read (ENOENT)')]);
  expect(existsSync(join(home, 'new'))).toBe(false);

  await expect(composeRepository('a b; rm -rf')).rejects.toThrow(/^"a b; rm -rf" isn't the name of an image\. Write/);
});

it('reads an address inside the network only if the setting lists it', async () => {
  const settings = { IMPORT_PRIVATE_ADDRESSES: '127.0.0.0/8' };
  const { code, stderr } = await runProgram(
    ['init', join(home, 'a'), '--import', 'http://127.0.0.1:9/a.html'],
    settings,
  );
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining("http://127.0.0.1:9/a.html can't be read (ECONNREFUSED)"),
  ]);
  expect(loadConfig({}).importNetworks).toEqual([]);
  expect(() => loadConfig({ IMPORT_PRIVATE_ADDRESSES: 'everything' })).toThrow(
    /^IMPORT_PRIVATE_ADDRESSES isn't a list of networks\. Write/,
  );
});

it('runs on a repository of its own, and answers from what git-sync puts in its place', async () => {
  const plant = async (version: string, title: string) => {
    const content = join(home, version, 'content');
    await cp(HARBOUR, content, { recursive: true });
    const file = join(content, 'harbour/topics/cargo.md');
    await writeFile(file, (await readFile(file, 'utf8')).replace('# Cargo', `# ${title}`));
  };
  await plant('1', 'Cargo');
  await symlink('1', join(home, 'current'));
  const settings = { CONTENT_DIR: join(home, 'current/content'), DATA_DIR: join(home, 'data'), PORT: '0' };
  const program = startProgram(['start'], settings);
  try {
    const [, url = ''] = await program.line(/local page is at (http:\S+)/);
    const body = JSON.stringify({ text: '/cargo' });
    const ask = async () => (await fetch(`${url}/api/answer`, { method: 'POST', body })).json();
    expect(await ask()).toMatchObject({ title: 'Cargo' });
    await plant('2', 'Freight');
    await symlink('2', join(home, 'next'));
    await rename(join(home, 'next'), join(home, 'current'));
    await rm(join(home, '1'), { recursive: true });
    await program.line(/content reloaded/);
    await expect.poll(ask).toMatchObject({ title: 'Freight' });
  } finally {
    program.process.kill('SIGTERM');
    await program.ended;
  }
});
