import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { platforms } from '../src/platforms.ts';
import { importsOf, loadedWith } from './support/imports.ts';

interface Rule {
  /** Folders, or files, of ours. */
  readonly ours: readonly string[];
  readonly packages: RegExp;
}

const NO_SDK = /^(?!@slack|@?discord|@modelcontextprotocol)/;
const NONE = /^$/;

/** What a room may import of ours, and which packages. Every file of src/ and commands/ is in one of them. */
const RULES: Readonly<Record<string, Rule>> = {
  'src/i18n': { ours: ['src/i18n'], packages: /^(intl-messageformat|@formatjs\/icu-messageformat-parser)$/ },
  'src/core': { ours: ['src/core', 'src/i18n'], packages: /^@sindresorhus\/slugify$/ },
  'src/time': { ours: ['src/time'], packages: NONE },
  commands: { ours: ['commands', 'src/core', 'src/i18n'], packages: NONE },
  'src/content': {
    ours: ['src/content', 'src/core', 'src/i18n'],
    packages: /^(node:|zod$|yaml$|markdown-it|chokidar$)/,
  },
  'src/import': {
    ours: ['src/import', 'src/content', 'src/core'],
    packages:
      /^(node:|@mozilla\/readability$|linkedom$|markdown-it|yaml$|htmlparser2$|chardet$|html-encoding-sniffer$|compromise$|fflate$|ipaddr\.js$|mammoth$|unpdf$)/,
  },
  'src/search': { ours: ['src/search', 'src/core'], packages: NO_SDK },
  'src/conversation': {
    ours: ['src/conversation', 'src/core', 'src/search/read/courtesy.ts'],
    packages: /^lru-cache$/,
  },
  'src/store': { ours: ['src/store', 'src/core', 'src/i18n', 'src/time'], packages: NO_SDK },
  'src/digest': { ours: ['src/digest', 'src/store', 'src/core', 'src/i18n', 'src/time'], packages: NO_SDK },
  // It counts words as the search does, asks the model that chooses among claims, and compares questions as lint does.
  'src/editorial': {
    ours: [
      'src/editorial',
      'src/core',
      'src/content',
      'src/search/words.ts',
      'src/search/dictionary.ts',
      'src/search/select',
    ],
    packages: /^(node:|zod$)/,
  },
  // It looks at content that isn't published through a bot that the app opens for it. What it begins a claim with is what an import finds.
  'src/desk': {
    ours: ['src/desk', 'src/content', 'src/core', 'src/editorial', 'src/import', 'src/i18n'],
    packages: /^(node:|hono|@hono\/node-server$|zod$|yaml$)/,
  },
  'src/observe': { ours: ['src/observe', 'src/core', 'src/time'], packages: /^(prom-client$|@opentelemetry)/ },
  'src/adapters/discord': {
    ours: ['src/adapters/discord', 'src/core', 'src/i18n', 'src/time'],
    packages: /^(?!@slack|@modelcontextprotocol)/,
  },
  'src/adapters/slack': {
    ours: ['src/adapters/slack', 'src/core', 'src/i18n', 'src/time'],
    packages: /^(?!@?discord|@modelcontextprotocol)/,
  },
  'src/adapters/mcp': {
    ours: ['src/adapters/mcp', 'src/core', 'src/i18n'],
    packages: /^(node:|@modelcontextprotocol\/sdk\/|zod$)/,
  },
  'src/adapters/web': { ours: ['src/adapters/web', 'src/core', 'src/i18n', 'src/time'], packages: NO_SDK },
  'src/adapters/terminal': { ours: ['src/adapters/terminal', 'src/core', 'src/i18n'], packages: NO_SDK },
  'src/platforms.ts': {
    ours: [...platforms.map(({ name }) => `src/adapters/${name}/platform.ts`), 'src/core'],
    packages: NONE,
  },
  'src/app': { ours: ['src', 'commands'], packages: NO_SDK },
  'src/cli': { ours: ['src', 'commands'], packages: NO_SDK },
};

function offences(room: string, file: string, source: string): string[] {
  const rule = RULES[room];
  if (!rule) throw new Error(`there is no rule for ${room}`);
  return importsOf(source).filter((name) => {
    if (!name.startsWith('.')) return !rule.packages.test(name);
    const target = relative('.', resolve(dirname(file), name));
    return !rule.ours.some((allowed) => target === allowed || target.startsWith(`${allowed}/`));
  });
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name));
}

/** The rooms that a file is in. */
function roomsOf(file: string): string[] {
  return Object.keys(RULES).filter((room) => file === room || file.startsWith(`${room}/`));
}

const FILES = [...filesBelow('src'), ...filesBelow('commands')];

it.each(FILES)('%s is in one room, and imports only what it may', (file) => {
  const [room = '', ...others] = roomsOf(file);
  expect(others).toEqual([]);
  expect(offences(room, file, readFileSync(file, 'utf8'))).toEqual([]);
});

it('nothing but the command line imports from where the bot is put together', () => {
  const importing = FILES.filter((file) => !/^src\/(app|cli)\//.test(file)).filter((file) =>
    importsOf(readFileSync(file, 'utf8')).some((name) => /^\.\.?\/.*\b(app|cli)\//.test(name)),
  );
  expect(importing).toEqual([]);
  const fromApp = FILES.filter((file) => file.startsWith('src/app/')).filter((file) =>
    importsOf(readFileSync(file, 'utf8')).some((name) => name.includes('/cli/')),
  );
  expect(fromApp).toEqual([]);
});

it('no two exported types have one name', () => {
  const names = FILES.flatMap((file) =>
    [
      ...readFileSync(file, 'utf8').matchAll(
        /^export (?:declare )?(?:abstract )?(?:interface|type|class|enum) (\w+)/gm,
      ),
    ].map(([, name = '']) => ({ name, file })),
  );
  const shared = [...Map.groupBy(names, ({ name }) => name)].filter(([, { length }]) => length > 1);
  expect(Object.fromEntries(shared.map(([name, places]) => [name, places.map(({ file }) => file)]))).toEqual({});
  expect(names.length).toBeGreaterThan(100);
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
  const others = FILES.filter((file) => !file.startsWith('src/cli/'));
  const readers = others.filter((file) => /process\.(env|argv|on\()/.test(readFileSync(file, 'utf8')));
  expect(readers).toEqual([]);
});

it('the list of platforms loads no SDK, and what starts one does', () => {
  const isSdk = (name: string) => /^(@?discord|@slack|fetch-to-node|@modelcontextprotocol)/.test(name);
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
