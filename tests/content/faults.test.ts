import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Fault, FaultyContent } from '../../src/content/fault.ts';
import { loadContent } from '../../src/content/load.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';
import { CARGO, FERRIES, PLANTED, RECORD, swap } from './planted-faults.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'content-'));
  await cp(HARBOUR, directory, { recursive: true });
});
afterEach(() => rm(directory, { recursive: true }));

async function readFaults(): Promise<Fault[]> {
  return loadContent(directory, COMMAND_NAMES).then(
    () => [],
    (error: unknown) => {
      if (error instanceof FaultyContent) return [...error.faults];
      throw error;
    },
  );
}

async function faultsAfter(file: string, change: (text: string) => string): Promise<Fault[]> {
  const path = join(directory, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, change(await readFile(path, 'utf8').catch(() => '')));
  return readFaults();
}

const codesOf = (faults: readonly Fault[]) => faults.map(({ code }) => code);

describe('a fault names its file, its line and its remedy', () => {
  it.each(PLANTED)('$name', async ({ file, change, code, at, blamed = file }) => {
    const faults = await faultsAfter(file, change);
    const text = await readFile(join(directory, blamed), 'utf8');
    if (at && !text.includes(at)) throw new Error(`${blamed} has no ${at}`);
    const line = at ? text.slice(0, text.indexOf(at)).split('\n').length : 1;
    const found = faults.find((fault) => fault.code === code && fault.file.endsWith(blamed));
    expect(found, JSON.stringify(faults, null, 1)).toMatchObject({
      line,
      what: expect.stringMatching(/./),
      remedy: expect.stringMatching(/./),
    });
  });

  it('for all files at once', async () => {
    await faultsAfter(CARGO, swap('kind: figure', 'kind: x'));
    const faults = await faultsAfter(FERRIES, swap('kind: opinion', 'kind: y'));
    expect(new Set(faults.map(({ file }) => file.split('/').at(-1)))).toEqual(new Set(['cargo.md', 'ferries.md']));
  });
});

it.each(PLANTED.filter(({ code }) => code === 'indentation'))(
  'a slip of indentation is the one fault: $name',
  async ({ file, change }) => {
    expect(codesOf(await faultsAfter(file, change))).toEqual(['indentation']);
  },
);

it('an indentation slip of a whole claim is reported once', async () => {
  const faults = await faultsAfter(CARGO, (text) =>
    text.replace(/^ {2}- (?=(id|kind|paragraph|speaker|date|number):)/gm, '- '),
  );
  expect(codesOf(faults)).toEqual(['indentation', 'indentation', 'indentation']);
});

it('the labels that readers see are no part of the files’ grammar', async () => {
  const names = (await readdir('src/content', { recursive: true })).filter((name) => name.endsWith('.ts'));
  const sources = await Promise.all(names.map((name) => readFile(join('src/content', name), 'utf8')));
  expect(sources.length).toBeGreaterThan(10);
  expect(sources.filter((source) => /_LABELS|NOTES_HEADING/.test(source))).toEqual([]);
});

describe('a folder', () => {
  it('without a record, and one without articles, is a fault', async () => {
    await rm(join(directory, RECORD));
    await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(/article\.yaml:1: the file is missing; add it/);
    await rm(join(directory, 'harbour'), { recursive: true });
    await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(/there is no article; add a folder/);
  });

  it('that cannot be read is not one without topics', async () => {
    await rm(join(directory, 'harbour/topics'), { recursive: true });
    await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(/topics:1: there is no topic; add one/);
    await writeFile(join(directory, 'harbour/topics'), '');
    await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(
      /topics:1: the folder cannot be read \(ENOTDIR\); correct/,
    );
  });

  it('behind a link is an article like any other', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    await rename(join(directory, 'harbour'), join(elsewhere, 'harbour'));
    await symlink(join(elsewhere, 'harbour'), join(directory, 'harbour'));
    expect((await loadContent(directory, COMMAND_NAMES)).articles.map(({ slug }) => slug)).toEqual(['harbour']);
    await rm(elsewhere, { recursive: true });
    expect(codesOf(await readFaults())).toContain('folder-broken-link');
  });

  it('whose name begins with a full stop is not an article, nor is a file that an editor left', async () => {
    await mkdir(join(directory, '..data'));
    await writeFile(join(directory, 'harbour/topics/.#cargo.md'), '');
    await writeFile(join(directory, 'harbour/topics/cargo.md~'), '');
    expect(await readFaults()).toEqual([]);
  });
});

describe('a file', () => {
  const path = () => join(directory, CARGO);

  it('that is a pipe is refused without waiting for it', async () => {
    await rm(path());
    execFileSync('mkfifo', [path()]);
    expect(codesOf(await readFaults())).toContain('file-kind');
  });

  it('that is a device behind a link is refused without reading it', async () => {
    await rm(path());
    await symlink('/dev/zero', path());
    expect(codesOf(await readFaults())).toContain('file-kind');
  });

  it('that is a link to nowhere is missing', async () => {
    await rm(path());
    await symlink('/nowhere/cargo.md', path());
    expect(codesOf(await readFaults())).toContain('file-missing');
  });

  it('that is larger than 1 MB is refused', async () => {
    await truncate(path(), 1024 * 1024 + 1);
    expect(codesOf(await readFaults())).toContain('file-size');
  });

  it('that is not UTF-8 is refused, and a byte order mark is not', async () => {
    await writeFile(path(), Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), await readFile(path())]));
    expect(await readFaults()).toEqual([]);
    await writeFile(path(), Buffer.concat([await readFile(path()), Buffer.from([0xe9])]));
    expect(codesOf(await readFaults())).toContain('file-encoding');
  });

  it('with a line that the parser would take minutes for is refused before', async () => {
    expect(codesOf(await faultsAfter(CARGO, (text) => `${text}\n${'[^'.repeat(400_000)}\n`))).toEqual(['line-length']);
  });
});

it('two articles of one short name are told from each other', async () => {
  await cp(join(directory, 'harbour'), join(directory, 'port'), { recursive: true });
  const path = join(directory, 'port/article.yaml');
  await writeFile(path, `${await readFile(path, 'utf8')}short: Harbour\n`);
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow(
    /port\/article\.yaml:\d+: the short name "Harbour" is also used by .*harbour\/article\.yaml; write another/,
  );
});
