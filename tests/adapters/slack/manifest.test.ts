import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { compareManifests, formatDifferences } from '../../../src/adapters/slack/compare-manifest.ts';
import { composeManifest, listScopes } from '../../../src/adapters/slack/compose-manifest.ts';
import { arbitraryTopics } from '../../support/arbitrary-content.ts';
import { botOn, CONTENT, openTestBot, topicOf } from '../../support/content.ts';
import { runProgram } from '../../support/program.ts';
import { manifestSchema } from '../../support/slack-manifest.ts';

const bot = await openTestBot(CONTENT);
const ours = () => manifestSchema.parse(composeManifest(bot, { prefix: '' }).manifest);

describe('the manifest', () => {
  it('has a slash command for every command that Slack has room for, and names the others', () => {
    const { manifest, left } = composeManifest(bot, { prefix: '' });
    const listed = manifestSchema.parse(manifest).features.slash_commands.map(({ command }) => command.slice(1));
    expect([...listed, ...left].sort()).toEqual(bot.commands.map(({ name }) => name).sort());
    expect(listed).toEqual(expect.arrayContaining(['drones', 'energy', 'mediation', 'ask', 'digest', 'brief']));
  });

  it('listens by Socket Mode, or where the address says', () => {
    expect(ours().settings).toMatchObject({ socket_mode_enabled: true });
    const { manifest } = composeManifest(bot, { prefix: '', url: 'https://bot.example.org' });
    const { features, oauth_config: oauth, settings } = manifestSchema.parse(manifest);
    expect(settings.socket_mode_enabled).toBe(false);
    expect(
      new Set([
        settings.event_subscriptions.request_url,
        settings.interactivity.request_url,
        ...features.slash_commands.map(({ url }) => url),
      ]),
    ).toEqual(new Set(['https://bot.example.org/slack/events']));
    expect(oauth.redirect_urls).toEqual(['https://bot.example.org/slack/oauth_redirect']);
  });

  it('puts the prefix before every command but /brief', () => {
    const { manifest } = composeManifest(bot, { prefix: 'news-' });
    const names = manifestSchema.parse(manifest).features.slash_commands.map(({ command }) => command);
    expect(names.filter((name) => !name.startsWith('/news-'))).toEqual(['/brief']);
  });

  it.each([
    ['agent', 'agent_view', true, false],
    ['assistant', 'assistant_view', true, true],
    ['off', undefined, false, false],
  ] as const)('with the view %s has %s, and what belongs to it', (view, feature, writes, starts) => {
    const {
      features,
      oauth_config: oauth,
      settings,
    } = manifestSchema.parse(composeManifest(bot, { prefix: '', view }).manifest);
    expect(Object.keys(features).filter((name) => name.endsWith('_view'))).toEqual(feature ? [feature] : []);
    expect(oauth.scopes.bot.includes('assistant:write')).toBe(writes);
    expect(settings.event_subscriptions.bot_events.includes('assistant_thread_started')).toBe(starts);
    expect(settings.event_subscriptions.bot_events).toEqual(
      expect.arrayContaining(['message.im', 'app_home_opened', 'app_mention']),
    );
  });

  it('lets people come back from installing it where others reach it, over Socket Mode too', () => {
    const { manifest } = composeManifest(bot, { prefix: '', publicUrl: 'https://bot.example.org' });
    const { oauth_config: oauth, settings } = manifestSchema.parse(manifest);
    expect(oauth.redirect_urls).toEqual(['https://bot.example.org/slack/oauth_redirect']);
    expect(settings.socket_mode_enabled).toBe(true);
  });

  it('asks for user groups only if a group may change digests', () => {
    expect(listScopes()).not.toContain('usergroups:read');
    expect(listScopes({ usesGroup: true })).toContain('usergroups:read');
  });

  it('leaves what is above Slack’s limit, or Slack’s own, to /brief', async () => {
    const topics = [...Array.from({ length: 60 }, (_, n) => `topic-${n}`), 'remind', 'x'.repeat(32)].map((slug) =>
      topicOf(slug),
    );
    const { manifest, left } = composeManifest(await botOn(topics), { prefix: '' });
    const commands = manifestSchema.parse(manifest).features.slash_commands;
    expect(commands).toHaveLength(50);
    expect(commands[0]?.command).toBe('/brief');
    expect(left).toEqual(expect.arrayContaining(['remind', 'x'.repeat(32), 'topic-59']));
  });

  it('is within Slack’s limits for any content', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTopics, fc.boolean(), async (topics, http) => {
        const url = http ? 'https://bot.example.org' : undefined;
        const { manifest } = composeManifest(await botOn(topics), { prefix: '', url });
        expect(manifestSchema.safeParse(manifest).error).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});

describe('a comparison with an exported manifest', () => {
  it('finds nothing if both say the same, in whatever order and with what Slack adds', () => {
    const theirs = structuredClone(ours());
    theirs.features.slash_commands.reverse();
    theirs.oauth_config.scopes.bot.reverse();
    expect(compareManifests(ours(), { ...theirs, _metadata: { major_version: 1 } })).toEqual([]);
    expect(formatDifferences([])).toBe('The app is as it should be.');
  });

  it('finds what is missing, too much and different', () => {
    const theirs = structuredClone(ours());
    theirs.features.slash_commands = theirs.features.slash_commands.filter(({ command }) => command !== '/drones');
    theirs.oauth_config.scopes.bot.push('admin');
    theirs.settings.socket_mode_enabled = false;
    const differences = compareManifests(ours(), theirs);
    expect(differences).toEqual([
      { path: 'features.slash_commands./drones', kind: 'missing' },
      { path: 'oauth_config.scopes.bot.admin', kind: 'unneeded' },
      { path: 'settings.socket_mode_enabled', kind: 'different' },
    ]);
    expect(formatDifferences(differences)).toMatchSnapshot();
  });

  it('bears anything in the place of a manifest', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        expect(compareManifests(ours(), anything).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('briefing manifest', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'briefing-manifest-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('prints JSON and YAML that say the same, and needs no token', async () => {
    const json = await runProgram(['manifest', '--url', 'https://bot.example.org/']);
    const yaml = await runProgram(['manifest', '--url', 'https://bot.example.org', '--format', 'yaml']);
    expect(manifestSchema.parse(JSON.parse(json.stdout))).toEqual(parse(yaml.stdout));
    expect(json).toMatchObject({ code: 0, stderr: '' });
  });

  it('gives every command a name that no other app has, unless that is switched off', async () => {
    const namesIn = ({ stdout }: { stdout: string }) =>
      manifestSchema.parse(JSON.parse(stdout)).features.slash_commands.map(({ command }) => command);
    const prefixed = namesIn(await runProgram(['manifest']));
    expect(prefixed).toContain('/brief-ask');
    expect(prefixed.filter((name) => !name.startsWith('/brief'))).toEqual([]);
    const bare = await runProgram(['manifest'], { SLACK_COMMAND_PREFIX: 'off' });
    expect(namesIn(bare)).toContain('/ask');
    expect(bare.stderr).toBe('Slack reserves these names or has no room for them: help. Reach them as /brief help.\n');
  });

  it('tells what differs from a file, and fails then', async () => {
    const file = join(directory, 'exported.json');
    const { stdout } = await runProgram(['manifest']);
    writeFileSync(file, stdout);
    expect(await runProgram(['manifest', '--check', file])).toMatchObject({
      code: 0,
      stdout: 'The app is as it should be.\n',
    });
    writeFileSync(file, stdout.replace('/brief-drones', '/other'));
    const changed = await runProgram(['manifest', '--check', file]);
    expect(changed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/add +features\.slash_commands\.\/brief-drones/),
    });
  });

  it('says what is wrong with its arguments', async () => {
    const none = join(directory, 'none.json');
    expect(await runProgram(['manifest', '--check', none])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`${none} can't be read`),
    });
    const faulty = join(directory, 'faulty.json');
    writeFileSync(faulty, '{ "a": [');
    expect((await runProgram(['manifest', '--check', faulty])).stderr).toContain('neither JSON nor YAML');
    expect((await runProgram(['manifest', '--url', 'bot'])).stderr).toBe(
      'Slack can’t reach --url bot. Write an address such as https://bot.example.org\n',
    );
  });
});
