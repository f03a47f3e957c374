import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { diagnoseDiscord } from '../../src/adapters/discord/diagnose.ts';
import { listScopes } from '../../src/adapters/slack/compose-manifest.ts';
import { examineClock } from '../../src/app/examine.ts';
import { measureClock } from '../../src/core/finding.ts';
import { HARBOUR } from '../support/content.ts';
import { type DiscordServer, startDiscordServer } from '../support/discord-server.ts';
import { type LocalSlack, startLocalSlack } from '../support/local-slack.ts';
import { runProgram } from '../support/program.ts';

let directory: string;
let discord: DiscordServer;
let slack: LocalSlack;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-doctor-'));
  await cp(HARBOUR, join(directory, 'content'), { recursive: true });
  discord = await startDiscordServer();
  slack = await startLocalSlack();
  slack.state.scopes = listScopes();
});
afterEach(async () => {
  await discord?.close();
  await slack?.close();
  rmSync(directory, { recursive: true });
});

const whole = (): Record<string, string> => ({
  CONTENT_DIR: join(directory, 'content'),
  DATA_DIR: join(directory, 'data'),
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.apiUrl,
  SLACK_BOT_TOKEN: slack.state.botToken,
  SLACK_APP_TOKEN: slack.state.appToken,
  SLACK_API_URL: slack.apiUrl,
  SLACK_CONFIG_TOKEN: slack.state.configToken,
});

/** The app as `briefing manifest` makes it. */
async function updateApp(...options: string[]): Promise<void> {
  slack.state.manifest = JSON.parse((await runProgram(['manifest', ...options], whole())).stdout);
}

async function examine(env: Record<string, string>): Promise<{ code: number | null; lines: string[]; all: string }> {
  const { code, stdout, stderr } = await runProgram(['doctor'], env);
  for (const secret of [discord.token, slack.state.botToken, slack.state.appToken, slack.state.configToken]) {
    expect(stdout + stderr).not.toContain(secret);
  }
  expect(stderr).toBe('');
  return { code, lines: stdout.split('\n'), all: stdout };
}

describe('the doctor', () => {
  it('finds nothing to mend in a good set-up, and changes nothing', async () => {
    await runProgram(['register'], whole());
    await updateApp();
    const { code, lines } = await examine(whole());
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual([]);
    expect(code).toBe(0);
    for (const part of [
      'Node: v24',
      'settings: they can be read',
      'content: 1 article, 2 topics',
      'can be written to',
      'database: sqlite, 0 digests delivered',
      'port: open to this machine only',
      'Discord: the token belongs to',
      'Discord: interactions come over the gateway',
      'Discord: 1 shard, 1000 of 1000 connections left today',
      'Discord: all commands are registered',
      'Slack: the bot token belongs to',
      'Slack: the app has every scope it needs',
      'Slack: Socket Mode can connect',
      'Slack: the app’s manifest fits the content',
      'clock: it is right',
    ]) {
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^✓ .*${part}`)));
    }
    expect(discord.requests.some(({ method }) => method === 'PUT')).toBe(true);
    expect(slack.state.posted).toEqual([]);
  });

  it.each<[string, () => Record<string, string> | Promise<Record<string, string>>, RegExp[]]>([
    [
      'settings that cannot be read',
      () => ({ PORT: 'many', SLACK_APP_TOKEN: 'nonsense' }),
      [
        /✗ settings: PORT isn't a whole number .*\n {4}Write a port/,
        /✗ settings: SLACK_APP_TOKEN isn't .* xapp-\n {4}Copy/,
      ],
    ],
    [
      'refused tokens',
      () => ({ DISCORD_TOKEN: 'wrong', SLACK_BOT_TOKEN: 'xoxb-wrong', SLACK_APP_TOKEN: 'xapp-wrong' }),
      [
        /✗ Discord: it can’t connect\n {4}.*Reset Token/,
        /✗ Slack: the bot token doesn’t work \(invalid_auth\)\n {4}.*Copy it again/,
        /✗ Slack: SLACK_APP_TOKEN is refused/,
      ],
    ],
    [
      'missing scopes and interactions that go elsewhere',
      () => {
        slack.state.scopes = ['chat:write'];
        discord.interactionsEndpoint = 'https://elsewhere.example/';
        return {};
      },
      [
        /✗ Slack: the app lacks app_mentions:read, .*\n {4}Update the app/,
        /✗ Discord: interactions go to https:\/\/elsewhere.*\n {4}Set DISCORD_PUBLIC_KEY/,
      ],
    ],
    [
      'faulty content and a folder that cannot be written to',
      () => {
        writeFileSync(join(directory, 'content/harbour/topics/broken.md'), '# Broken\n');
        writeFileSync(join(directory, 'file'), '');
        return { DATA_DIR: join(directory, 'file/data') };
      },
      [
        /✗ content: .*broken\.md:\d+/,
        /✗ data folder: .*file\/data can’t be written to \(ENOTDIR\)\n {4}Make the bot/,
        /✗ database: .*\n {4}Check that the bot can write to the folder/,
      ],
    ],
    [
      'platforms and a database that do not answer',
      () => ({
        DISCORD_API_URL: 'http://127.0.0.1:1024/api',
        SLACK_API_URL: 'http://127.0.0.1:1024/api/',
        DATABASE_URL: 'postgres://user:hidden-password@127.0.0.1:9/name',
      }),
      [
        /✗ Discord: it can’t be reached \(ECONNREFUSED\)/,
        /^(?![\s\S]*the bot token doesn’t work)[\s\S]*✗ Slack: it can’t be reached \(ECONNREFUSED\)/,
        /✗ database: .*ECONNREFUSED.*\n {4}Check that PostgreSQL is running/,
      ],
    ],
  ])('names %s, each with its remedy', async (_, prepare, patterns) => {
    const { code, all } = await examine({ ...whole(), ...(await prepare()) });
    expect(code).toBe(1);
    for (const pattern of patterns) expect(all).toMatch(pattern);
    expect(all).not.toContain('hidden-password');
    expect(all).toMatch(/\d to fix\./);
  });

  it('names what the app at Slack has otherwise than the content wants it', async () => {
    await updateApp();
    const { features } = slack.state.manifest as { features: { slash_commands: { command: string }[] } };
    const cargo = features.slash_commands.find(({ command }) => command === '/brief-cargo');
    Object.assign(cargo ?? {}, { command: '/freight' });
    const { all } = await examine(whole());
    expect(all).toMatch(
      /✗ Slack: the app’s manifest differs in 2: .*\/brief-cargo \(missing\).*\/freight \(unneeded\)\n {4}Paste/,
    );
  });

  it('compares over HTTP too, and says where it could not look', async () => {
    await updateApp('--url', 'https://bot.example.org');
    const overHttp = { ...whole(), SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: slack.state.signingSecret };
    expect((await examine(overHttp)).all).toContain('✓ Slack: the app’s manifest fits');
    slack.state.manifest = { settings: { socket_mode_enabled: true } };
    expect((await examine(overHttp)).all).toMatch(
      /✗ .*manifest differs[\s\S]*briefing manifest --url https:\/\/your\.host/,
    );
    expect((await examine({ ...whole(), SLACK_CONFIG_TOKEN: '' })).all).toMatch(
      /• .*was not checked\n {4}Set SLACK_CONFIG/,
    );
    const { all } = await examine({ ...whole(), SLACK_CONFIG_TOKEN: 'xoxe.xoxp-old' });
    expect(all).toMatch(/• Slack: SLACK_CONFIG_TOKEN is refused.*\n {4}.*12 hours/);
  });

  it('names misspelt settings, and what posts by itself and has nowhere to go', async () => {
    const { code, all } = await examine({
      CONTENT_DIR: join(directory, 'content'),
      DATA_DIR: join(directory, 'data'),
      SLACK_BOT_TOKN: 'x',
      DIGEST_CHANNELS: 'slack:C1 08:00 UTC daily cargo,nonsense',
      ALERT_CHANNEL: 'discord:123456789012345678',
    });
    expect(code).toBe(1);
    expect(all).toMatch(/✗ settings: SLACK_BOT_TOKN isn't a setting\n {4}Write SLACK_BOT_TOKEN/);
    expect(all).toMatch(/✗ settings: DIGEST_CHANNELS: the bot can't post to slack:C1\n {4}Set slack up/);
    expect(all).toMatch(/✗ settings: DIGEST_CHANNELS: there is no topic nonsense/);
    expect(all).not.toContain('no topic cargo');
    expect(all).toMatch(/✗ settings: ALERT_CHANNEL: the bot can't post to discord:\d+/);
  });

  it('names every faulty setting at once, and checks what the others set up', async () => {
    const { code, all } = await examine({ ...whole(), PORT: 'abc', DATABASE_URL: 'mysql://x', DISCORD_TOKN: '1' });
    expect(code).toBe(1);
    expect(all).toMatch(/✗ settings: PORT isn't a whole number/);
    expect(all).toMatch(/✗ settings: DATABASE_URL isn't the address/);
    expect(all).toMatch(/✗ settings: DISCORD_TOKN isn't a setting/);
    expect(all).not.toContain('they can be read');
    for (const part of ['content: 1 article', 'port: open to', 'Discord: the token belongs to']) {
      expect(all).toContain(`✓ ${part}`);
    }
  });

  it('says that the folder of the content isn’t there, and which setting names it', async () => {
    const { all } = await examine({ ...whole(), CONTENT_DIR: join(directory, 'nowhere') });
    expect(all).toMatch(/✗ content: \S+nowhere doesn't exist\n {4}Correct CONTENT_DIR/);
    const { code, stderr } = await runProgram(['ask', 'ferries'], { CONTENT_DIR: join(directory, 'nowhere') });
    expect(code).toBe(1);
    expect(stderr).toMatch(/nowhere doesn't exist\. Correct CONTENT_DIR/);
  });

  it('says how old the last backup is, and whether one can be made', async () => {
    const folder = join(directory, 'backups');
    const backups = async () => {
      const { stdout } = await runProgram(['doctor', '--json'], {
        CONTENT_DIR: join(directory, 'content'),
        DATA_DIR: join(directory, 'data'),
        BACKUP_DIR: folder,
      });
      const found = JSON.parse(stdout) as z.infer<typeof FINDING>[];
      return found.filter(({ part }) => part === 'backup').map(({ code, what }) => `${code}: ${what}`);
    };
    expect(await backups()).toEqual([`no-backup: ${folder} holds no backup yet`]);
    mkdirSync(folder);
    const file = join(folder, 'briefing-2026-11-20.db');
    writeFileSync(file, '');
    expect(await backups()).toEqual(['backup: the last one is less than a day old']);
    utimesSync(file, new Date(), new Date(Date.now() - 5.5 * 24 * 3_600_000));
    expect(await backups()).toEqual(['old-backup: the last one is 5 days old']);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    expect(await backups()).toEqual([`backup-folder-closed: ${folder} can’t be written to (ENOTDIR)`]);
  });

  it('says that commands are not registered yet', async () => {
    await updateApp();
    const { code, all } = await examine(whole());
    expect(code).toBe(0);
    expect(all).toMatch(/• Discord: \d+ commands differ .*\n {4}Start the bot, or run: npx briefing register/);
  });
});

it.each<[string, Parameters<typeof diagnoseDiscord>[0], RegExp]>([
  ['another application’s key', { gateway: true, publicKey: '1'.repeat(64) }, /another application/],
  ['no way in', { gateway: false, publicKey: '0'.repeat(64) }, /DISCORD_GATEWAY=off closes/],
])('Discord with %s is bad', async (_, parts, text) => {
  const { token, apiUrl } = discord;
  const { findings } = await diagnoseDiscord({ token, apiUrl, ...parts }, [], Date.now);
  expect(findings).toContainEqual({
    code: expect.stringMatching(/^[a-z-]+$/),
    state: 'bad',
    what: expect.stringMatching(text),
    remedy: expect.any(String),
  });
});

it('measures the clock by a server’s', async () => {
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  server.close();
  const date = headers.get('date');
  const measure = (now: number) => examineClock(measureClock(date, now) ?? Number.NaN);
  expect(measure(Date.now())).toMatchObject({ state: 'good' });
  expect(measure(Date.now() + 400_000)).toMatchObject({ state: 'bad', what: expect.stringContaining('ahead') });
  expect(measure(Date.now() - 400_000)).toMatchObject({ state: 'bad', what: expect.stringContaining('behind') });
  expect(measureClock(null, Date.now())).toBeUndefined();
});

/** What docs/operate.md promises to scripts. */
const FINDING = z.strictObject({
  part: z.string().min(1),
  code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  state: z.enum(['good', 'note', 'bad']),
  what: z.string().min(1),
  remedy: z.string().min(1).optional(),
});

it('gives its findings as data, each with a code, a part and a state', async () => {
  const { stdout, code } = await runProgram(['doctor', '--json'], { ...whole(), PORT: 'many' });
  expect(code).toBe(1);
  const findings = JSON.parse(stdout) as Record<string, string>[];
  expect(findings).toContainEqual({
    part: 'settings',
    code: 'invalid-setting',
    state: 'bad',
    what: "PORT isn't a whole number from 0 to 65535",
    remedy: 'Write a port such as 3000, or 0 for any free one.',
  });
  const all = JSON.parse((await runProgram(['doctor', '--json'], whole())).stdout) as Record<string, string>[];
  for (const finding of all) {
    expect(FINDING.parse(finding)).toEqual(finding);
    expect(finding.state === 'bad' && finding.remedy === undefined).toBe(false);
    // The part is said by whoever prints it.
    expect(finding.what).not.toMatch(/^(Discord|Slack|settings|content|database):/);
    expect(finding.what).not.toMatch(/\.$/);
  }
});
