import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, FaultyContent } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'content-'));
  await cp(HARBOUR, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

const cargo = 'harbour/topics/cargo.md';
const ferries = 'harbour/topics/ferries.md';
const wordings = 'harbour/wordings/cargo.yaml';
const article = 'harbour/article.yaml';

async function faultsAfter(file: string, change: (text: string) => string): Promise<Fault[]> {
  const path = join(directory, file);
  await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')));
  return loadContent(directory, COMMAND_NAMES).then(
    () => [],
    (error: unknown) => {
      if (error instanceof FaultyContent) return [...error.faults];
      throw error;
    },
  );
}

/** Where in the changed file a text stands, counted from 1. */
async function lineOf(file: string, text: string): Promise<number> {
  return (await readFile(join(directory, file), 'utf8')).split('\n').findIndex((line) => line.includes(text)) + 1;
}

const swap = (from: string, to: string) => (text: string) => {
  if (!text.includes(from)) throw new Error(`the fixture has no ${from}`);
  return text.replace(from, to);
};

describe('each fault names its file, its line and its remedy', () => {
  it.each([
    [
      'a YAML alias without its anchor',
      cargo,
      swap('aliases: [', 'aliases: [*nobody, '),
      'aliases',
      /not YAML .*quotation marks/,
    ],
    ['a claim without kind', cargo, swap('  - kind: figure\n', ''), 'The old harbour', /kind is missing; write one of/],
    [
      'a claim without speaker',
      cargo,
      swap('  - speaker: Port Authority\n', ''),
      'The old harbour',
      /speaker is missing; add/,
    ],
    ['a claim without paragraph', ferries, swap('  - paragraph: 3\n', ''), 'every hour', /no paragraph; add/],
    [
      'an unknown kind',
      cargo,
      swap('kind: figure', 'kind: number'),
      'kind: number',
      /"number" is unknown; write one of/,
    ],
    [
      'an unknown paragraph',
      cargo,
      swap('paragraph: 1, 2', 'paragraph: 1, 9'),
      'paragraph: 1, 9',
      /paragraph 9 is unknown/,
    ],
    [
      'a paragraph that is none',
      cargo,
      swap('paragraph: 1, 2', 'paragraph: two'),
      'paragraph: two',
      /write a number such as 7/,
    ],
    ['an unknown key', cargo, swap('- speaker: Port', '- says: Port'), 'The old harbour', /no "says"; the keys are/],
    ['a key without a name', cargo, swap('- number: over', '- over'), '- over', /has no key; write it as/],
    ['a key written twice', cargo, swap('- date: 2019', '- speaker: Customs'), '- speaker: Customs', /is here twice/],
    ['a date that is none', cargo, swap('date: 2019', 'date: 2019-02-30'), '2019-02-30', /is no date; write it as/],
    [
      'a number without a unit',
      cargo,
      swap('number: over 4 million tonnes', 'number: many'),
      'number: many',
      /no number with a unit/,
    ],
    ['a claim that is too long', cargo, swap('Grain makes', `Grain ${'x'.repeat(500)}`), 'Grain', /shorten it to 500/],
    ['a summary that is too long', cargo, swap('How much', 'y'.repeat(99)), 'yyy', /shorten it to 100/],
    ['a title that is too long', cargo, swap('# Cargo', `# ${'z'.repeat(61)}`), '# zzz', /shorten it to 60/],
    ['a question that is too long', wordings, swap('How busy', 'w'.repeat(150)), 'www', /shorten it to 150/],
    ['no title', cargo, swap('# Cargo\n', ''), '---', /the title is missing; begin the page/],
    ['no claims', cargo, swap('## Claims', '## Sayings'), '## Sayings', /section "Sayings" is unknown/],
    ['a dead link', cargo, swap('(ferries.md)', '(trains.md)'), 'trains.md', /no topic file trains\.md/],
    ['a link to elsewhere', cargo, swap('(ferries.md)', '(https://example.org)'), 'example.org', /no link to a topic/],
    [
      'a note that is not written',
      cargo,
      swap('[^count]: ', '[^other]: '),
      'The old harbour',
      /\[\^count\] is not written/,
    ],
    ['a note of no claim', cargo, swap('count.[^count]', 'count.'), '[^count]:', /belongs to no claim/],
    [
      'a note without a kind',
      cargo,
      swap('**Contested.** ', ''),
      '[^count]:',
      /does not say what it is; begin it with/,
    ],
    [
      'text that is no part of a topic',
      cargo,
      swap('## See also', 'Stray words.\n\n## See also'),
      'Stray',
      /no part of a topic/,
    ],
    ['an alias of another topic', cargo, swap('freight', 'boats'), 'boats', /is taken by/],
    [
      'an alias that shadows a command',
      cargo,
      swap('freight', 'timeline'),
      'timeline',
      /the command \/timeline; remove/,
    ],
    ['an alias that is another topic', cargo, swap('freight', 'Ferries'), 'Ferries', /is taken by/],
    ['aliases that are no list', cargo, swap('[freight, goods, tonnage]', 'freight'), 'aliases', /write it as \[first/],
    ['a header that is no YAML', cargo, swap('[freight,', '[freight: ['), 'freight', /this is not YAML/],
    [
      'a paragraph that no topic covers',
      article,
      swap('paragraphs: 4', 'paragraphs: 5'),
      'paragraphs',
      /covers paragraph 5/,
    ],
    [
      'an author note that is not there',
      article,
      swap('authorNote: true', 'authorNote: false'),
      'author',
      /no author note/,
    ],
    ['no author', article, swap('author: Mara Lindqvist\n', ''), 'format', /author is missing; add/],
    [
      'a disclosure that nobody worded',
      article,
      swap('disclosure: An', 'disclosure: "TO BE WORDED: an"\n#'),
      'disclosure',
      /the disclosure is not worded yet; word it/,
    ],
    [
      'a summary that nobody worded',
      cargo,
      swap('How much', 'TO BE WORDED: how much'),
      'TO BE',
      /the summary is not worded yet; word it/,
    ],
    [
      'a note that nobody worded',
      cargo,
      swap('**Contested.** The', '**Contested.** TO BE WORDED: the'),
      '[^count]:',
      /the note is not worded yet; word it/,
    ],
    ['an unknown setting', article, swap('paragraphs: 4', 'pages: 4'), 'format', /no "pages"; the keys are/],
  ])('%s', async (_, file, change, where, message) => {
    const faults = await faultsAfter(file, change);
    const fault = faults.find((one) => message.test(one.message));
    expect(fault, JSON.stringify(faults, null, 1)).toBeDefined();
    expect(fault?.message).toMatch(/;/);
    if (fault?.file.endsWith(file)) expect(fault.line).toBe(Math.max(1, await lineOf(file, where)));
    else expect(fault?.file).toMatch(/\.md$/);
  });

  it.each([
    ['capitals', 'Harbour Master.md'],
    ['32 characters, one too many for Slack', `${'a'.repeat(32)}.md`],
    ['a command', 'help.md'],
  ])('a file name that is %s', async (_, name) => {
    const [fault] = await faultsAfter(
      `harbour/topics/${name}`,
      () =>
        '# New\n\nNew.\n\n## Claims\n\n- New.\n  - id: new\n  - kind: opinion\n  - paragraph: 1\n  - speaker: author\n',
    );
    expect(fault?.file).toContain(name);
    expect(fault?.message).toMatch(/; (use|give)/);
  });

  it('all faults of all files at once', async () => {
    await faultsAfter(cargo, swap('kind: figure', 'kind: x'));
    const faults = await faultsAfter(ferries, swap('kind: opinion', 'kind: y'));
    expect(new Set(faults.map(({ file }) => file.split('/').at(-1)))).toEqual(new Set(['cargo.md', 'ferries.md']));
  });
});

it('an article without its record, and a folder without an article, are faults', async () => {
  await rm(join(directory, article));
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(/article\.yaml:1: the file cannot be read/);
  await rm(join(directory, 'harbour'), { recursive: true });
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(/there is no article; add a folder/);
});

it('a folder that cannot be read is not one without topics', async () => {
  await rm(join(directory, 'harbour/topics'), { recursive: true });
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(/topics:1: there is no topic; add one/);
  await writeFile(join(directory, 'harbour/topics'), '');
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(
    /topics:1: the folder cannot be read \(ENOTDIR\); correct/,
  );
});

it('two articles of one short name are told from each other', async () => {
  await cp(join(directory, 'harbour'), join(directory, 'port'), { recursive: true });
  const path = join(directory, 'port/article.yaml');
  await writeFile(path, `${await readFile(path, 'utf8')}short: Harbour\n`);
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(
    /port\/article\.yaml:\d+: the short name "Harbour" is that of .*harbour\/article\.yaml, too; write another/,
  );
});
