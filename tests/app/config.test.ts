import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FaultySettings, listSettings, loadConfig } from '../../src/app/config.ts';
import { findMisspelt } from '../../src/app/settings.ts';

it('works with no setting at all, on this machine only', () => {
  expect(loadConfig({})).toMatchObject({ port: 3000, host: '127.0.0.1', playground: true });
});

it('counts an empty setting as not set', () => {
  const { platforms, ...config } = loadConfig({ PORT: '', HOST: '  ', DISCORD_TOKEN: ' ' });
  expect(config).toEqual({ ...loadConfig({}), platforms: undefined });
  // Those that need no secret are on.
  for (const { isSetUp, definition } of platforms) expect(isSetUp).toBe(definition.guarded);
});

it('reports every problem at once, each with its remedy and without the value', () => {
  const load = () => loadConfig({ PORT: 'sekret', HOST: 'a b', PLAYGROUND: 'maybe', LOG_LEVEL: 'loud' });
  expect(load).toThrow(FaultySettings);
  try {
    load();
  } catch (error) {
    const lines = (error as Error).message.split('\n');
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line).toMatch(/^[A-Z_]+ (isn't|is neither) .*\. Write/);
    expect(lines.join()).not.toContain('sekret');
  }
});

describe('models on other servers', () => {
  it('are off unless they are set', () => {
    expect(loadConfig({}).models).toEqual({ selector: undefined, embeddings: undefined });
  });

  it('are read with what they may cost, and their keys are secrets', () => {
    const { models, secrets } = loadConfig({
      SELECTOR_URL: 'http://127.0.0.1:11434/v1/',
      SELECTOR_MODEL: 'big',
      SELECTOR_KEY: 'sk-selector',
      EMBEDDINGS_URL: 'https://models.example.org/v1',
      EMBEDDINGS_MODEL: 'wide',
      EMBEDDINGS_KEY: 'sk-embeddings',
      EMBEDDINGS_MULTILINGUAL: 'on',
    });
    expect(models).toMatchObject({
      selector: { url: 'http://127.0.0.1:11434/v1', model: 'big', key: 'sk-selector', timeoutMs: 2500, perDay: 2000 },
      embeddings: { url: 'https://models.example.org/v1', model: 'wide', key: 'sk-embeddings', multilingual: true },
    });
    expect(secrets).toEqual(['sk-selector', 'sk-embeddings']);
  });

  it.each([
    [{ SELECTOR_URL: 'http://127.0.0.1/v1' }, 'SELECTOR_MODEL is missing'],
    [{ SELECTOR_MODEL: 'big' }, 'SELECTOR_URL is missing'],
    [{ EMBEDDINGS_MODEL: 'wide' }, 'EMBEDDINGS_URL is missing'],
    [{ SELECTOR_URL: 'localhost', SELECTOR_MODEL: 'big' }, "SELECTOR_URL isn't an address"],
    [{ SELECTOR_TIMEOUT_MS: '0' }, "SELECTOR_TIMEOUT_MS isn't a whole number"],
    [{ EMBEDDINGS_KEY: 'a b' }, 'EMBEDDINGS_KEY has white space in it'],
  ])('%j: %s', (env, what) => {
    expect(() => loadConfig(env)).toThrow(what);
  });
});

describe('ports', () => {
  it.each(['-1', '65536', '3.5', 'x'])('%s is none', (PORT) => {
    expect(() => loadConfig({ PORT })).toThrow(/PORT/);
  });
  it.each(['0', '1', '65535'])('%s is one', (PORT) => {
    expect(loadConfig({ PORT }).port).toBe(Number(PORT));
  });
});

it('takes a word that is a topic and a zone’s other name for the topic, and no digest for too late when it is due', () => {
  const { digest } = loadConfig({ DIGEST_CHANNELS: 'slack:C1 08:00 iran; slack:C2 08:00 UTC energy', CATCH_UP: '0' });
  expect(digest.fixed).toEqual([
    expect.objectContaining({ zone: 'UTC', topics: ['iran'] }),
    expect.objectContaining({ zone: 'UTC', topics: ['energy'] }),
  ]);
  expect(digest.catchUpMs).toBe(60_000);
});

it('finds settings that are misspelt, and leaves what belongs to others alone', () => {
  const env = {
    DISCORD_TOKN: 'x',
    SLACK_BOT_TOKENS: 'x',
    slack_app_token: 'x',
    PATH: 'x',
    PROT: 'x',
    DISCORD_TOKEN: 'x',
  };
  expect(findMisspelt(env, listSettings())).toEqual([
    { name: 'DISCORD_TOKN', meant: 'DISCORD_TOKEN' },
    { name: 'SLACK_BOT_TOKENS', meant: 'SLACK_BOT_TOKEN' },
    { name: 'slack_app_token', meant: 'SLACK_APP_TOKEN' },
  ]);
  const written = new Set(['PROT', 'SLAK', 'TZ', 'POSTGRES_PASSWORD', 'PORT']);
  expect(
    findMisspelt({ PROT: 'x', SLAK: 'x', TZ: 'x', POSTGRES_PASSWORD: 'x', PORT: 'x' }, listSettings(), written),
  ).toEqual([{ name: 'PROT', meant: 'PORT' }, { name: 'SLAK' }]);
  expect(findMisspelt(Object.fromEntries(listSettings().map((name) => [name, 'x'])), listSettings())).toEqual([]);
});

it('knows every setting of .env.example, which names every setting', () => {
  const lines = readFileSync('.env.example', 'utf8').matchAll(/^# ([A-Z_]+)=(.*)$/gm);
  const example = Object.fromEntries([...lines].map(([, name, value]) => [name, value]));
  expect(Object.keys(example).sort()).toEqual(listSettings().sort());
  // What is written there as an example can be read.
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, ...whole } = example;
  expect(loadConfig(whole)).toMatchObject({
    digest: { fixed: [{ topics: ['drones', 'energy'] }, { zone: 'UTC' }] },
    alertTarget: { platform: 'slack', channel: 'C0123ABCD' },
    editors: { channel: 'C0123ABCD', time: '09:00', days: 'monday', zone: 'Europe/London', topics: ['~report'] },
  });
});

it('reads when the editors’ report comes, on one day of the week', () => {
  const read = (text: string) => loadConfig({ EDITORS_CHANNEL: text, DIGEST_TIME_ZONE: 'Europe/Paris' }).editors;
  expect(read('slack:C0123ABCD')).toMatchObject({ time: '09:00', days: 'monday', zone: 'Europe/Paris' });
  expect(read('slack:C0123ABCD friday 16:30 UTC')).toMatchObject({ time: '16:30', days: 'friday', zone: 'UTC' });
  for (const text of ['nowhere', 'slack:C0123ABCD daily', 'slack:C0123ABCD 09:00 drones'])
    expect(() => read(text)).toThrow(/^EDITORS_CHANNEL isn't a channel/);
});

it('says of every setting what is wrong with its value and what to do, and not what it was', () => {
  const names = listSettings();
  const unreadable = names.filter((name) => {
    try {
      loadConfig({ [name]: 'sekret \u0000 ?' });
      return false;
    } catch (error) {
      if (!(error instanceof FaultySettings)) throw error;
      const problem = error.problems.find(({ setting }) => setting === name);
      expect(problem?.what).toMatch(new RegExp(`^${name} (isn't|is|has|holds) .*[^.]$`));
      expect(problem?.remedy).toMatch(/^(Write|Copy|Make|Set|Remove) /);
      expect(error.message).not.toContain('sekret');
      return true;
    }
  });
  // Any text is the name of a folder.
  expect(names.filter((name) => !unreadable.includes(name))).toEqual(['CONTENT_DIR', 'DATA_DIR', 'BACKUP_DIR']);
});

it.each([
  ['slack:C1 8h Europe/London', "its time can't be read"],
  ['slack:C1 08:00 Europe/Londn', "its time zone can't be read"],
  ['slak:C1 08:00', "its channel can't be read"],
  ['slack:C1', 'it has no time'],
  ['slack:C1 08:00 drones energy', 'it has a word too many'],
])('the digest “%s” cannot be read: %s', (entry, why) => {
  expect(() => loadConfig({ DIGEST_CHANNELS: `slack:C2 08:00; ${entry}` })).toThrow(`number 2: ${why}`);
});
