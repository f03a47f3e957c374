import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { buildByHand } from '../support/dockerfile.ts';
import { CONTENT } from '../support/folders.ts';
import { importsOf } from '../support/imports.ts';
import { startLocalSlack } from '../support/local-slack.ts';

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Package;

/** The packages that the sources of these folders name, in any way. */
function packagesOf(...folders: string[]): Set<string> {
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js)$/.test(name))
      .map((name) => join(folder, name)),
  );
  // A type is gone by the time the source runs.
  const sources = files.map((file) => readFileSync(file, 'utf8').replace(/^(import|export) type [^;]*;/gm, ''));
  const names = sources.flatMap((source) => [
    ...importsOf(source),
    ...[...source.matchAll(/import\.meta\.resolve\(\s*[`']([^`'$]+)/g)].map(([, name]) => name as string),
  ]);
  return new Set(
    names
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && !builtinModules.includes(name))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      ),
  );
}

it('what the bot imports is there without the packages for development', () => {
  const used = packagesOf('src', 'commands', 'bin');
  expect([...used].filter((name) => !(name in dependencies))).toEqual([]);
});

it('there is no dependency that nothing uses', () => {
  const used = packagesOf('src', 'commands', 'bin');
  for (const name of [...used]) {
    const { peerDependencies = {} } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
    for (const peer of Object.keys(peerDependencies)) used.add(peer);
  }
  // `node` is what runs it, a program and not a module.
  expect(Object.keys(dependencies).filter((name) => !used.has(name) && name !== 'node')).toEqual([]);
  // Programs that scripts of package.json run, and the runner that one of them loads by its name.
  const programs = ['@biomejs/biome', 'typescript', '@stryker-mutator/core', '@stryker-mutator/vitest-runner'];
  const known = new Set([...packagesOf('tests', 'bench'), ...programs]);
  const types = (name: string) => name.startsWith('@types/') || name === '@slack/types';
  expect(Object.keys(devDependencies).filter((name) => !known.has(name) && !types(name))).toEqual([]);
});

it('the Dockerfile copies what is there, and .dockerignore leaves it in', () => {
  const copied = [...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, paths]) =>
    (paths as string).split(' '),
  );
  expect(copied).toContain('src');
  const kept = readFileSync('.dockerignore', 'utf8')
    .match(/^!(.+)$/gm)
    ?.map((line) => line.slice(1));
  for (const path of copied) {
    expect(existsSync(path), path).toBe(true);
    expect(kept).toContain(path);
  }
  // Content is its editors', and is mounted.
  expect(copied).not.toContain('content');
  expect(kept).not.toContain('content');
});

it('the compose file gives both bots one database, and Discord’s connection to one of them', () => {
  const { services } = parse(readFileSync('compose.yaml', 'utf8'), { merge: true }) as {
    services: Record<
      string,
      { image: string; volumes: string[]; environment: Record<string, string>; read_only?: boolean }
    >;
  };
  const { bot, second } = services;
  expect(bot?.environment.DATABASE_URL).toMatch(/^postgres:\/\//);
  expect(second?.environment).toMatchObject({ DATABASE_URL: bot?.environment.DATABASE_URL, DISCORD_GATEWAY: 'off' });
  expect([bot?.read_only, second?.read_only]).toEqual([true, true]);
  for (const one of [bot, second]) {
    // Both run one released version, on one newsroom's content.
    expect(one?.image).toMatch(/^\$\{BRIEFING_IMAGE:\?/);
    expect(one?.volumes).toContain(`\${BRIEFING_CONTENT:-./content}:${one?.environment.CONTENT_DIR}:ro`);
  }
});

it('the steps of the Dockerfile, taken in an empty folder, give a bot that gets healthy without rights', async () => {
  const root = mkdtempSync(join(tmpdir(), 'briefing-image-'));
  chmodSync(root, 0o755);
  const slack = await startLocalSlack();
  let bot: ChildProcess | undefined;
  try {
    const { folder, env, command, healthCheck, user } = buildByHand('Dockerfile', root);
    expect(existsSync(join(folder, 'node_modules/vitest'))).toBe(false);
    expect(existsSync(join(folder, 'node_modules/node'))).toBe(false);
    expect(existsSync(join(folder, 'content'))).toBe(false);
    const run = ([program, ...args]: readonly string[], more: Record<string, string>) => {
      expect(program).toBe('node');
      return spawn(process.execPath, args, { cwd: folder, env: { ...env, ...more }, ...user, timeout: 120_000 });
    };
    expect(env.CONTENT_DIR).toBe('/content');
    const empty = run(command, { PORT: '0', SEMANTIC_SEARCH: 'off' });
    let refused = '';
    empty.stderr?.on('data', (chunk) => (refused += chunk));
    expect(await once(empty, 'close')).toEqual([1, null]);
    expect(refused).toContain("/content doesn't exist. Correct CONTENT_DIR");
    const { botToken, appToken } = slack.state;
    bot = run(command, {
      PORT: '0',
      HOST: '127.0.0.1',
      SEMANTIC_SEARCH: 'off',
      CONTENT_DIR: CONTENT,
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: slack.apiUrl,
    });
    let said = '';
    for (const stream of [bot.stdout, bot.stderr]) stream?.on('data', (chunk) => (said += chunk));
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/^(?=[\s\S]*Slack: connected)[\s\S]*http:\S+:\d+/);
    const PORT = /http:\S+:(\d+)/.exec(said)?.[1] ?? '';

    expect(await once(run(healthCheck, { PORT }), 'exit')).toEqual([0, null]);
    expect(JSON.stringify((await slack.command('/drones')).ack)).toContain('paragraph 8');
    expect(existsSync(join(folder, 'data/briefing.db'))).toBe(true);
    bot.kill('SIGTERM');
    expect(await once(bot, 'exit')).toEqual([0, null]);
    expect(await once(run(healthCheck, { PORT }), 'exit')).toEqual([1, null]);
  } finally {
    bot?.kill('SIGKILL');
    await slack.close();
    rmSync(root, { recursive: true });
  }
});
