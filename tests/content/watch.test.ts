import { mkdir, mkdtemp, readFile, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchContent } from '../../src/content/watch.ts';

let directory: string;
let stop: (() => Promise<void>) | undefined;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'watch-'));
});
afterEach(async () => {
  await stop?.();
  await rm(directory, { recursive: true });
});

const at = (...parts: string[]) => join(directory, ...parts);

async function plant(folder: string): Promise<void> {
  await mkdir(at(folder, 'harbour/topics'), { recursive: true });
  await writeFile(at(folder, 'harbour/topics/cargo.md'), folder);
}

/** Points a link elsewhere in one step, as git-sync and Kubernetes do. */
async function point(link: string, target: string): Promise<void> {
  await symlink(target, at('next'));
  await rename(at('next'), at(link));
}

/** Watches, and returns a function that does something and waits until it was noticed. */
async function watching(folder: string): Promise<(act: () => Promise<unknown>) => Promise<void>> {
  let heard: () => void = () => undefined;
  stop = await watchContent(at(folder), async () => heard());
  return async (act) => {
    const noticed = new Promise<void>((resolve) => {
      heard = resolve;
    });
    await act();
    await expect(noticed).resolves.toBeUndefined();
  };
}

it('notices a file that is saved, added or removed', async () => {
  await plant('content');
  const noticing = await watching('content');
  await noticing(() => writeFile(at('content/harbour/topics/cargo.md'), 'new'));
  await noticing(() => writeFile(at('content/harbour/topics/ferries.md'), 'new'));
  await noticing(() => unlink(at('content/harbour/topics/ferries.md')));
});

it('notices a file that is saved by putting another in its place, every time', async () => {
  await plant('content');
  const noticing = await watching('content');
  for (const text of ['one', 'two']) {
    await noticing(async () => {
      await writeFile(at('content/harbour/topics/cargo.md~'), text);
      await rename(at('content/harbour/topics/cargo.md~'), at('content/harbour/topics/cargo.md'));
    });
  }
});

it('notices that the content folder’s link leads elsewhere, every time, and what is saved there', async () => {
  await plant('first');
  await plant('second');
  await symlink('first', at('content'));
  const noticing = await watching('content');
  await noticing(() => point('content', 'second'));
  await noticing(() => writeFile(at('second/harbour/topics/cargo.md'), 'new'));
  await noticing(() => point('content', 'first'));
  await noticing(() => writeFile(at('first/harbour/topics/cargo.md'), 'new'));
});

it('notices that a folder above the content folder is a link that leads elsewhere', async () => {
  await plant('first/content');
  await plant('second/content');
  await symlink('first', at('current'));
  await symlink('current', at('repository'));
  const noticing = await watching('repository/content');
  await noticing(() => point('current', 'second'));
  await noticing(() => point('repository', 'first'));
});

it('notices that an article’s link leads elsewhere', async () => {
  await plant('first');
  await plant('second');
  await mkdir(at('content'));
  await symlink(at('first/harbour'), at('content/harbour'));
  const noticing = await watching('content');
  await noticing(() => point('content/harbour', at('second/harbour')));
});

it('notices files that Kubernetes swaps by a hidden link', async () => {
  await plant('content');
  await mkdir(at('content/harbour/topics/..1'));
  await mkdir(at('content/harbour/topics/..2'));
  await writeFile(at('content/harbour/topics/..1/ferries.md'), 'one');
  await writeFile(at('content/harbour/topics/..2/ferries.md'), 'two');
  await symlink('..1', at('content/harbour/topics/..data'));
  await symlink('..data/ferries.md', at('content/harbour/topics/ferries.md'));
  const noticing = await watching('content');
  await noticing(() => point('content/harbour/topics/..data', '..2'));
});

/** Watches a folder, and returns a function that does something and waits until a file was read as it is after that. */
async function reading(
  folder: string,
  file: string,
): Promise<(text: string, act: () => Promise<unknown>) => Promise<void>> {
  let heard: (text: string) => void = () => undefined;
  stop = await watchContent(at(folder), async () => heard(await readFile(at(folder, file), 'utf8').catch(() => '')));
  return async (text, act) => {
    const read = new Promise<void>((resolve) => {
      heard = (found) => found === text && resolve();
    });
    await act();
    await expect(read).resolves.toBeUndefined();
  };
}

it('reads what Kubernetes swaps by a hidden link, a whole article, every time, though the old one is removed', async () => {
  await plant('content/..1');
  await symlink('..1', at('content/..data'));
  await symlink('..data/harbour', at('content/harbour'));
  const read = await reading('content', 'harbour/topics/cargo.md');
  for (const version of ['..2', '..3', '..4']) {
    await plant(`content/${version}`);
    await read(`content/${version}`, async () => {
      await point('content/..data', version);
      await rm(at('content', `..${Number(version.slice(2)) - 1}`), { recursive: true });
    });
    await read(`saved in ${version}`, () =>
      writeFile(at(`content/${version}/harbour/topics/cargo.md`), `saved in ${version}`),
    );
  }
});

it('reads what git-sync swaps by a link above the content folder, every time, though the old one is removed', async () => {
  await plant('.worktrees/1/content');
  await symlink('.worktrees/1', at('current'));
  const read = await reading('current/content', 'harbour/topics/cargo.md');
  for (const version of [2, 3, 4]) {
    await plant(`.worktrees/${version}/content`);
    await read(`.worktrees/${version}/content`, async () => {
      await point('current', `.worktrees/${version}`);
      await rm(at('.worktrees', String(version - 1)), { recursive: true });
    });
    await read(`saved in ${version}`, () =>
      writeFile(at(`.worktrees/${version}/content/harbour/topics/cargo.md`), `saved in ${version}`),
    );
  }
});

it.each([
  ['moves the old file away first, as Vim does', 'cargo.md~', true],
  ['writes beside it under a hidden name, as Sublime Text does', '.cargo.md.tmp', false],
  ['writes beside it under a longer name, as JetBrains does', 'cargo.md___jb_tmp___', false],
])('reads every save of an editor that %s', async (_, other, isBackup) => {
  await plant('content');
  const read = await reading('content', 'harbour/topics/cargo.md');
  const page = at('content/harbour/topics/cargo.md');
  const beside = at('content/harbour/topics', other);
  for (const text of ['one', 'two', 'three']) {
    await read(text, async () => {
      if (isBackup) {
        await rename(page, beside);
        await writeFile(page, text);
        await unlink(beside);
      } else {
        await writeFile(beside, text);
        await rename(beside, page);
      }
    });
  }
});

it('watches content below a hidden folder', async () => {
  await plant('.config/content');
  const noticing = await watching('.config/content');
  await noticing(() => writeFile(at('.config/content/harbour/topics/cargo.md'), 'new'));
});

it('stops at once, also while a change is taken in', async () => {
  await plant('content');
  let calls = 0;
  const stopping = await watchContent(at('content'), async () => {
    calls += 1;
  });
  await writeFile(at('content/harbour/topics/cargo.md'), 'new');
  await stopping();
  const before = calls;
  await writeFile(at('content/harbour/topics/cargo.md'), 'newer');
  expect(calls).toBe(before);
});
