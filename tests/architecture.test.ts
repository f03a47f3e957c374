import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { platforms } from '../src/platforms.ts';
import { importsOf, loadedWith } from './support/imports.ts';

/** What a folder may import of ours, and which packages. */
const RULES: Readonly<Record<string, { ours: readonly string[]; packages: RegExp }>> = {
  'src/core': { ours: ['src/core'], packages: /^@sindresorhus\/slugify$/ },
  commands: { ours: ['commands', 'src/core'], packages: /^$/ },
  'src/content': { ours: ['src/content', 'src/core'], packages: /^(node:|zod$|yaml$|markdown-it|chokidar$)/ },
  'src/import': {
    ours: ['src/import', 'src/core'],
    packages:
      /^(node:|@mozilla\/readability$|linkedom$|markdown-it$|yaml$|htmlparser2$|chardet$|html-encoding-sniffer$)/,
  },
  'src/search': { ours: ['src/search', 'src/core'], packages: /^(?!@slack|discord)/ },
  'src/store': { ours: ['src/store', 'src/core'], packages: /^(?!@slack|@?discord)/ },
  'src/digest': { ours: ['src/digest', 'src/store', 'src/core'], packages: /^(?!@slack|@?discord)/ },
  'src/observe': { ours: ['src/observe', 'src/core'], packages: /^(prom-client$|@opentelemetry)/ },
  'src/adapters/discord': { ours: ['src/adapters/discord', 'src/core'], packages: /^(?!@slack)/ },
  'src/adapters/slack': { ours: ['src/adapters/slack', 'src/core'], packages: /^(?!@?discord)/ },
  'src/adapters/web': { ours: ['src/adapters/web', 'src/core'], packages: /^(?!@slack|@?discord)/ },
  'src/adapters/terminal': { ours: ['src/adapters/terminal', 'src/core'], packages: /^(?!@slack|@?discord)/ },
};

function offences(folder: string, file: string, source: string): string[] {
  const rule = RULES[folder] as (typeof RULES)[string];
  return importsOf(source).filter((name) => {
    if (!name.startsWith('.')) return !rule.packages.test(name);
    const target = relative('.', resolve(dirname(file), name));
    return !rule.ours.some((allowed) => target.startsWith(`${allowed}/`));
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

describe.each(Object.keys(RULES))('%s', (folder) => {
  it.each(filesBelow(folder))('%s imports only what it may', (file) => {
    expect(offences(folder, file, readFileSync(file, 'utf8'))).toEqual([]);
  });
});

it('an SDK in core, and an adapter in another, are offences', () => {
  expect(offences('src/core', 'src/core/bot.ts', "import { Client } from 'discord.js';")).toEqual(['discord.js']);
  expect(offences('src/core', 'src/core/bot.ts', "export * from '../search/words.ts';")).toEqual([
    '../search/words.ts',
  ]);
  expect(
    offences('src/adapters/slack', 'src/adapters/slack/a.ts', "await import('../discord/escape.ts')"),
  ).toHaveLength(1);
});

it('only the command line reads the environment, the arguments and signals', () => {
  const others = [...filesBelow('src'), ...filesBelow('commands')].filter((file) => !file.startsWith('src/cli/'));
  const readers = others.filter((file) => /process\.(env|argv|on\()/.test(readFileSync(file, 'utf8')));
  expect(readers).toEqual([]);
});

it('the list of platforms loads no SDK, and what starts one does', () => {
  const isSdk = (name: string) => /^(@?discord|@slack|fetch-to-node)/.test(name);
  const loaded = [...loadedWith('src/platforms.ts')];
  expect(loaded).toEqual(expect.arrayContaining(platforms.map(({ name }) => `src/adapters/${name}/platform.ts`)));
  expect(loaded.filter(isSdk)).toEqual([]);
  for (const { name } of platforms) {
    expect([...loadedWith(`src/adapters/${name}/start-${name}.ts`)].some(isSdk)).toBe(true);
  }
});

/** Source without its comments. */
function stripComments(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|(?<![:\w'"`])\/\/.*$/gm, '');
}

it('no platform is named outside its folder and the list', () => {
  const files = ['src', 'commands'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js|css|html)$/.test(name))
      .map((name) => join(folder, name)),
  );
  for (const { name } of platforms) {
    const naming = files.filter(
      (file) =>
        file !== 'src/platforms.ts' &&
        !file.startsWith(`src/adapters/${name}/`) &&
        new RegExp(name, 'i').test(stripComments(readFileSync(file, 'utf8'))),
    );
    expect(naming).toEqual([]);
  }
  expect(stripComments("const a = 'https://x'; // slack\n/** Slack */ 'slack'")).toBe(
    "const a = 'https://x'; \n 'slack'",
  );
});
